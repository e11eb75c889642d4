import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Clock } from '../../../src/kernel/clock.js'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { drawn } from '../generations/drawing.js'

let ahead = 0
const clock: Clock = { now: () => new Date(Date.now() + ahead) }

const URL_OF =
  'query Picture($id: UUID!, $width: Int) { generation(id: $id) { images { url(width: $width) byteSize } } }'

interface Picture {
  readonly generation: { readonly images: readonly { readonly url: string; readonly byteSize: number }[] }
}

async function picture(width?: number) {
  const { generation } = await owner.client.get<Picture>(URL_OF, { id: generationId, width })
  const [image] = generation.images
  if (!image) throw new Error('there is no picture')
  return image
}

const server = await startTestServer({ clock })
const owner = await openAccount(server)
const generationId = (await drawn(owner.client)).id

describe('a picture', () => {
  test('is served whole, with its type, length and a strong validator', async () => {
    const { url, byteSize } = await picture()
    expect(url.startsWith(`${server.platform.config.publicUrl}/assets/`)).toBe(true)
    const response = await fetch(url)
    const bytes = Buffer.from(await response.arrayBuffer())

    expect(response.status).toBe(200)
    expect(bytes.byteLength).toBe(byteSize)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(byteSize),
      'accept-ranges': 'bytes',
      etag: `"${createHash('sha256').update(bytes).digest('hex')}"`,
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline',
    })
    expect(response.headers.get('cache-control')).toMatch(/^private, max-age=(3\d{3}|4[0-5]\d\d), immutable$/)
  })

  test('answers HEAD with the same headers and no body', async () => {
    const { url, byteSize } = await picture()
    const response = await fetch(url, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe(String(byteSize))
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/)
    expect((await response.arrayBuffer()).byteLength).toBe(0)
  })

  test('is not sent again to who has it', async () => {
    const { url } = await picture()
    const etag = (await fetch(url, { method: 'HEAD' })).headers.get('etag') ?? ''
    const response = await fetch(url, { headers: { 'if-none-match': etag } })
    expect(response.status).toBe(304)
    expect(response.headers.get('etag')).toBe(etag)
    expect((await response.arrayBuffer()).byteLength).toBe(0)
  })

  test.each([
    ['bytes=0-7', '0-7', 8],
    ['bytes=8-', '8-', null],
    ['bytes=-4', null, 4],
  ])('is served in parts: %s', async (range, from, length) => {
    const { url, byteSize } = await picture()
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer())
    const response = await fetch(url, { headers: { range } })
    const part = Buffer.from(await response.arrayBuffer())
    const start = from === null ? byteSize - 4 : Number.parseInt(from, 10)

    expect(response.status).toBe(206)
    expect(part.byteLength).toBe(length ?? byteSize - start)
    expect(response.headers.get('content-length')).toBe(String(part.byteLength))
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${start + part.byteLength - 1}/${byteSize}`)
    expect(part.equals(whole.subarray(start, start + part.byteLength))).toBe(true)
  })

  test('is sent whole when the part asked for is of another version', async () => {
    const { url, byteSize } = await picture()
    const etag = (await fetch(url, { method: 'HEAD' })).headers.get('etag') ?? ''
    const same = await fetch(url, { headers: { range: 'bytes=0-7', 'if-range': etag } })
    expect([same.status, (await same.arrayBuffer()).byteLength]).toEqual([206, 8])
    const other = await fetch(url, { headers: { range: 'bytes=0-7', 'if-range': '"another"' } })
    expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, byteSize])
  })

  test('has no part beyond its end', async () => {
    const { url, byteSize } = await picture()
    const response = await fetch(url, { headers: { range: 'bytes=99999999-' } })
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe(`bytes */${byteSize}`)
    await response.arrayBuffer()
  })

  test('keeps its URL for a while', async () => {
    expect((await picture()).url).toBe((await picture()).url)
  })
})

describe('a link', () => {
  const withQuery = (url: string, name: string, value: string) => {
    const changed = new URL(url)
    changed.searchParams.set(name, value)
    return changed.href
  }
  const withPath = (url: string, path: string) => new URL(url).origin + path + new URL(url).search
  const expires = (url: string) => Number(new URL(url).searchParams.get('expires'))

  test.each([
    ['another signature', (url: string) => withQuery(url, 'signature', 'A'.repeat(43))],
    ['a later expiry', (url: string) => withQuery(url, 'expires', String(expires(url) + 900))],
    ['a width', (url: string) => withQuery(url, 'width', '64')],
    ['another picture', (url: string) => withPath(url, '/assets/01a00000-0000-7000-8000-000000000001')],
    ['a path', (url: string) => withPath(url, '/assets/..%2F..%2Fkeys')],
    ['no query', (url: string) => url.replace(/\?.*/, '')],
  ])('altered to have %s is refused', async (_change, edit) => {
    const response = await fetch(edit((await picture()).url))
    expect(response.status).toBe(403)
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({ status: 403, title: expect.any(String) })
  })

  test('with a width it was signed for is served', async () => {
    const { url, byteSize } = await picture(64)
    const response = await fetch(url)
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, byteSize])
  })

  test('that expired is gone', async () => {
    const { url } = await picture()
    ahead = 76 * 60 * 1000
    try {
      const response = await fetch(url)
      expect(response.status).toBe(410)
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      await response.arrayBuffer()
    } finally {
      ahead = 0
    }
  })

  test.each([0, -1, 15, 4097, 100_000])('cannot be had for a width of %s', async (width) => {
    const { errors } = await owner.client.ask(URL_OF, { id: generationId, width })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'width' }] })
  })
})

test('the avatar of an account is seen by itself and in its profile', async () => {
  const { prisma } = server.platform.database
  const { assetId } = await prisma.generationImage.findFirstOrThrow({ where: { generationId } })
  const ask = 'query Avatars($id: UUID!) { me { avatar { id url } } user(id: $id) { avatar { id } } }'
  interface Avatars {
    me: { avatar: { id: string } | null }
    user: { avatar: { id: string } | null }
  }
  expect(await owner.client.get<Avatars>(ask, { id: owner.id })).toEqual({
    me: { avatar: null },
    user: { avatar: null },
  })
  await prisma.user.update({ where: { id: owner.id }, data: { avatarId: assetId } })
  const { me, user } = await owner.client.get<Avatars>(ask, { id: owner.id })
  expect([me.avatar?.id, user.avatar?.id]).toEqual([assetId, assetId])
})
