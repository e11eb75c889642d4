import { expect, it } from 'vitest'
import { addressList } from './address-list.js'

const isListed = addressList(['185.71.76.0/27', '77.75.156.11', '2a02:5180::/32', '::1'])

it.each([
  ['185.71.76.0', true],
  ['185.71.76.31', true],
  ['185.71.76.32', false],
  ['77.75.156.11', true],
  ['77.75.156.12', false],
  ['2a02:5180:ffff::1', true],
  ['2A02:5180::1', true],
  ['2a02:5181::1', false],
  ['::ffff:185.71.76.5', true],
  ['::ffff:b947:4c05', true],
  ['::ffff:10.0.0.1', false],
  ['::1', true],
  ['127.0.0.1', false],
  ['185.71.76.5 ', false],
  ['185.71.76', false],
  ['fe80::1%eth0', false],
  ['', false],
  ['unknown', false],
])('%s: %s', (address, expected) => {
  expect(isListed(address)).toBe(expected)
})

it('an empty list has nobody on it', () => {
  expect(addressList([])('127.0.0.1')).toBe(false)
})
