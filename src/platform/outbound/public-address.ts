import ipaddr from 'ipaddr.js'

// The only part of IPv6 that is given out to hosts of the internet.
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an IP address is one of the public internet: not of this machine, a private network, a carrier's network, a link, a group,
 * nor IPv4 in an IPv6 spelling or another special purpose.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST)
}
