import { describe, expect, it } from 'vitest'
import { isSandboxWebhook, SIGNATURE_HEADER, signSandboxWebhook, TIMESTAMP_HEADER } from './sandbox-signature.js'

const key = Buffer.alloc(32, 7)
const rawBody = Buffer.from('{"id":"1","сумма":"100"}')
const now = new Date('2026-03-01T12:00:00.500Z')

const headers = signSandboxWebhook(key, rawBody, now)
const signed = { timestamp: headers[TIMESTAMP_HEADER] ?? '', signature: headers[SIGNATURE_HEADER] ?? '', rawBody }

const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)

describe("the sandbox's signature", () => {
  it('is believed over the same bytes', () => {
    expect(isSandboxWebhook(key, signed, now)).toBe(true)
  })

  it.each([
    ['other bytes', { ...signed, rawBody: Buffer.from('{"id":"1","сумма":"1000"}') }],
    ['another time', { ...signed, timestamp: String(Number(signed.timestamp) + 1) }],
    ['a time that is no number', { ...signed, timestamp: '1e9' }],
    ['no signature', { ...signed, signature: '' }],
    ['half a signature', { ...signed, signature: signed.signature.slice(0, 30) }],
    ['another version', { ...signed, signature: signed.signature.replace('v1', 'v0') }],
  ])('is refused with %s', (_what, forged) => {
    expect(isSandboxWebhook(key, forged, now)).toBe(false)
  })

  it('is refused under another key', () => {
    expect(isSandboxWebhook(Buffer.alloc(32, 8), signed, now)).toBe(false)
  })

  it.each([
    [299, true],
    [301, false],
    [-299, true],
    [-301, false],
  ])('%d seconds later: believed %s', (seconds, believed) => {
    expect(isSandboxWebhook(key, signed, after(seconds))).toBe(believed)
  })
})
