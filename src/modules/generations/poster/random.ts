import { createHash } from 'node:crypto'

/** Numbers in [0, 1) that look random and are always the same for one text. */
export class Random {
  private state: number

  constructor(text: string) {
    this.state = createHash('sha256').update(text).digest().readUInt32LE()
  }

  /** mulberry32, by Tommy Ettinger (public domain). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  /** A whole number, both bounds included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  pick<Option>(options: readonly Option[]): Option {
    return options[Math.floor(this.next() * options.length)] as Option
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, place: this.next() }))
      .sort((one, other) => one.place - other.place)
      .map(({ item }) => item)
  }

  chance(share: number): boolean {
    return this.next() < share
  }
}
