import { describe, expect, test } from 'vitest'
import { checkAssetLink, expiryOf, signedAssetPath } from './asset-url.js'

const key = Buffer.from('0123456789abcdef0123456789abcdef')
const id = '01a00000-0000-7000-8000-000000000001'
const now = new Date('2026-03-01T12:00:01Z')

const queryOf = (path: string) => Object.fromEntries(new URL(path, 'http://localhost').searchParams)
const link = (width: number | null = null) => queryOf(signedAssetPath({ id, width, expires: expiryOf(now) }, key))

describe('a signed asset link', () => {
  test('is good for an hour at least and stays the same for a while', () => {
    expect(new Date(expiryOf(now) * 1000)).toEqual(new Date('2026-03-01T13:15:00Z'))
    expect(expiryOf(new Date('2026-03-01T12:14:59Z'))).toBe(expiryOf(now))
  })

  test.each([null, 320])('is accepted with width %s', (width) => {
    expect(checkAssetLink(id, link(width), key, now)).toEqual({ id, width, expires: expiryOf(now) })
  })

  test.each([
    ['another asset', id.replace(/1$/, '2'), link()],
    ['another width', id, { ...link(320), width: '640' }],
    ['a width added', id, { ...link(), width: '640' }],
    ['a width taken away', id, (({ width: _, ...rest }) => rest)(link(320) as Record<string, string>)],
    ['a later expiry', id, { ...link(), expires: String(expiryOf(now) + 900) }],
    ['another signature', id, { ...link(), signature: 'A'.repeat(43) }],
    ['a short signature', id, { ...link(), signature: 'AA' }],
    ['no signature', id, { expires: link().expires }],
    ['two signatures', id, { ...link(), signature: ['a', 'b'] }],
    ['nothing', id, {}],
  ])('with %s is forged', (_change, wanted, query) => {
    expect(checkAssetLink(wanted, query, key, now)).toBe('forged')
  })

  test('of another key is forged', () => {
    expect(checkAssetLink(id, link(), Buffer.from('another'), now)).toBe('forged')
  })

  test('is over at its expiry', () => {
    expect(checkAssetLink(id, link(), key, new Date('2026-03-01T13:14:59.999Z'))).toMatchObject({ id })
    expect(checkAssetLink(id, link(), key, new Date('2026-03-01T13:15:00Z'))).toBe('expired')
  })
})
