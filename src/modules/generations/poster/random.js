import { createHash } from 'node:crypto'
/** Numbers in [0, 1) that look random and are always the same for one text. */
export class Random {
  state
  constructor(text) {
    this.state = createHash('sha256').update(text).digest().readUInt32LE()
  }
  /** mulberry32, by Tommy Ettinger (public domain). */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  between(low, high) {
    return low + this.next() * (high - low)
  }
  pick(options) {
    return options[Math.floor(this.next() * options.length)]
  }
  chance(share) {
    return this.next() < share
  }
}
//# sourceMappingURL=random.js.map
