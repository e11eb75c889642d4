import type { LookupAddress } from 'node:dns'
import { expect, it } from 'vitest'
import { publicLookup } from './public-lookup.js'

const found = (addresses: readonly string[]): LookupAddress[] =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

/** What a connection is told. */
const look = (addresses: readonly string[], options: { all?: boolean }) =>
  new Promise((resolve) => {
    publicLookup(async () => found(addresses))('host.example.com', options, (error, ...given) =>
      resolve(error ? error.message : given),
    )
  })

it('a connection gets the public addresses of a name, all of them or the first', async () => {
  const addresses = ['93.184.216.34', '2606:4700:4700::1111']
  expect(await look(addresses, { all: true })).toEqual([found(addresses)])
  expect(await look(addresses, {})).toEqual(['93.184.216.34', 4])
})

it.each([[[]], [['10.0.0.1']], [['93.184.216.34', '::1']], [['::ffff:93.184.216.34']]])(
  'a name that leads to %j leads nowhere',
  async (addresses) => {
    expect(await look(addresses, { all: true })).toBe('host.example.com leads to no address of the public internet')
  },
)
