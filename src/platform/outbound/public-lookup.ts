import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.js'

/** How a connection finds the addresses of a name: not at all when one of them is not of the public internet. */
export const publicLookup =
  (resolve: (host: string) => Promise<LookupAddress[]>): LookupFunction =>
  (host, options, answer) => {
    resolve(host).then(
      (found) => {
        const [first] = found
        const refused = found.find(({ address }) => !isPublicAddress(address))
        if (!first || refused) return answer(new Error(`${host} leads to no address of the public internet`), '', 0)
        if (options.all) return answer(null, found)
        return answer(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => answer(error, '', 0),
    )
  }
