import { describe, expect, test } from 'vitest'
import { takeOverConditions } from './conditional-request.js'

const etag = '"abc"'

describe('the conditions of a request for a file', () => {
  test.each([
    ['none', {}, 'send'],
    ['its ETag', { 'if-none-match': '"abc"' }, 'unchanged'],
    ['its ETag made weak on the way', { 'if-none-match': 'W/"abc"' }, 'unchanged'],
    ['its ETag among others', { 'if-none-match': '"x", "abc"' }, 'unchanged'],
    ['any version', { 'if-none-match': '*' }, 'unchanged'],
    ['another ETag', { 'if-none-match': '"x"' }, 'send'],
    ['a time, which an ETag makes needless', { 'if-modified-since': 'Wed, 01 Jan 2031 00:00:00 GMT' }, 'send'],
  ] as const)('with %s', (_name, headers, verdict) => {
    expect(takeOverConditions({ ...headers }, etag)).toBe(verdict)
  })

  test.each([
    ['the same version', '"abc"', 'bytes=0-9'],
    ['another version', '"x"', undefined],
    ['a weak version, which may differ in its bytes', 'W/"abc"', undefined],
  ])('keep a range of %s', (_name, ifRange, range) => {
    const headers: Parameters<typeof takeOverConditions>[0] = { range: 'bytes=0-9', 'if-range': ifRange }
    takeOverConditions(headers, etag)
    expect(headers).toEqual(range === undefined ? {} : { range })
  })
})
