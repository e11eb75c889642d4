import { BlockList, isIP } from 'node:net'

/** Whether an address is one of these, or in one of these CIDR ranges. IPv4 is known in its IPv6 spelling too. */
export function addressList(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => {
    const family = isIP(address)
    // A zone, as in fe80::1%eth0, is for links next door: no provider sends from there.
    return family !== 0 && !address.includes('%') && list.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }
}
