import { addressBlock } from '../limits/address-block.js'

export interface SocketLimits {
  readonly perAccount: number
  readonly perAddress: number
}

/** How many sockets each account and each address has open at this process. */
export class SocketPlaces {
  private readonly taken = new Map<string, number>()

  constructor(private readonly limits: SocketLimits) {}

  /** @returns a function that gives the place back, or null when there is none */
  takeFor(who: { readonly userId: string } | { readonly ip: string }): (() => void) | null {
    const isAccount = 'userId' in who
    const key = isAccount ? who.userId : addressBlock(who.ip)
    const count = this.taken.get(key) ?? 0
    if (count >= (isAccount ? this.limits.perAccount : this.limits.perAddress)) return null
    this.taken.set(key, count + 1)
    let isTaken = true
    return () => {
      if (!isTaken) return
      isTaken = false
      const left = (this.taken.get(key) ?? 1) - 1
      if (left === 0) this.taken.delete(key)
      else this.taken.set(key, left)
    }
  }
}
