import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import {
  announcing,
  CREATE_UPLOAD,
  download,
  drawing,
  inks,
  metadataOf,
  pdf,
  photo,
  photoWithPlace,
  put,
  ticketFor,
  webp,
} from './upload-desk.js'

/** The tag that leads to the GPS block of an EXIF in little endian, as the photo has it. */
const GPS_BLOCK = Buffer.from([0x25, 0x88])
const ALLOWED = 'https://app.example.test'
const server = await startTestServer({ env: { ALLOWED_ORIGINS: ALLOWED } })
const { prisma } = server.platform.database
const anna = await openAccount(server)

describe('an uploaded picture', () => {
  it('is upright, without where it was taken, and in no other way different', async () => {
    const bytes = await photoWithPlace()
    const before = await metadataOf(bytes)
    expect(before.orientation).toBe(6)
    expect(before.exif?.includes(GPS_BLOCK)).toBe(true)
    const ticket = await ticketFor(anna, bytes, { fileName: 'Дача.JPG' })
    expect(ticket).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'image/jpeg' },
      asset: { fileName: 'Дача.JPG', contentType: 'image/jpeg', byteSize: bytes.byteLength, width: null },
    })
    expect((await download(ticket.asset.url)).status).toBe(404)

    const answer = await put(ticket, bytes)
    expect(answer).toMatchObject({ status: 201, body: { id: ticket.asset.id, width: 32, height: 64 } })
    const stored = await download(ticket.asset.url)
    expect(stored.status).toBe(200)
    expect(stored.headers.get('content-disposition')).toBe(
      'inline; filename="????.JPG"; filename*=UTF-8\'\'%D0%94%D0%B0%D1%87%D0%B0.JPG',
    )
    for (const secret of ['Exif', 'Telephone', 'Anna']) expect(stored.bytes.includes(secret)).toBe(false)
    const { exif, orientation, format, width, height } = await metadataOf(stored.bytes)
    expect({ exif, orientation, format, width, height }).toEqual({ format: 'jpeg', width: 32, height: 64 })
    const row = await prisma.asset.findUniqueOrThrow({ where: { id: ticket.asset.id } })
    expect(row).toMatchObject({
      ownerId: anna.id,
      byteSize: stored.bytes.byteLength,
      sha256: createHash('sha256').update(stored.bytes).digest('hex'),
    })
  })

  it.each([
    ['image/png', drawing],
    ['image/webp', webp],
  ])('may be %s', async (contentType, draw) => {
    const bytes = await draw()
    const ticket = await ticketFor(anna, bytes, { contentType, fileName: 'picture', purpose: 'AVATAR' })
    expect(await put(ticket, bytes)).toMatchObject({ status: 201, body: { contentType, width: 64, height: 32 } })
    expect((await download(ticket.asset.url)).headers.get('content-type')).toBe(contentType)
    const set = 'mutation Portrait($id: UUID!) { updateProfile(input: { avatarId: $id }) { avatar { id } } }'
    expect(await anna.client.get(set, { id: ticket.asset.id })).toEqual({
      updateProfile: { avatar: { id: ticket.asset.id } },
    })
  })

  it('keeps the colours of print for print, and gets those of screens otherwise', async () => {
    const bytes = await inks()
    const spaceAs = async (purpose: string) => {
      const ticket = await ticketFor(anna, bytes, { purpose })
      expect((await put(ticket, bytes)).status).toBe(201)
      return (await metadataOf((await download(ticket.asset.url)).bytes)).space
    }
    expect(await spaceAs('PRINT_FILE')).toBe('cmyk')
    expect(await spaceAs('CHAT_ATTACHMENT')).toBe('srgb')
  })
})

describe('an uploaded document', () => {
  it('is the bytes that were sent, to be saved and not to be opened', async () => {
    const bytes = pdf()
    const ticket = await ticketFor(anna, bytes, { contentType: 'application/pdf', fileName: 'brief.exe' })
    expect(ticket.asset.fileName).toBe('brief.exe.pdf')
    expect((await put(ticket, bytes)).status).toBe(201)
    const stored = await download(ticket.asset.url)
    expect(stored.bytes.equals(bytes)).toBe(true)
    expect(Object.fromEntries(stored.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="brief.exe.pdf"',
      'x-content-type-options': 'nosniff',
    })
  })
})

describe('createUpload', () => {
  const wrong = async (facts: Parameters<typeof announcing>[1]) => {
    const { errors } = await anna.client.ask(CREATE_UPLOAD, announcing(Buffer.alloc(100), facts))
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    return errors[0]?.extensions.fields?.map(({ path }) => path)
  }

  it('names everything that is wrong', async () => {
    expect(await wrong({ purpose: 'GENERATION' })).toEqual(['purpose'])
    expect(await wrong({ contentType: 'image/svg+xml' })).toEqual(['contentType'])
    expect(await wrong({ contentType: 'application/pdf', purpose: 'AVATAR' })).toEqual(['contentType'])
    expect(await wrong({ byteSize: 0 })).toEqual(['byteSize'])
    expect(await wrong({ byteSize: 10_000_001 })).toEqual(['byteSize'])
    expect(await wrong({ byteSize: 5_000_001, purpose: 'AVATAR', contentType: 'text/html' })).toEqual([
      'contentType',
      'byteSize',
    ])
    expect(await wrong({ fileName: ' ' })).toEqual(['fileName'])
    expect(await wrong({ fileName: '../' })).toEqual(['fileName'])
    expect(await wrong({ fileName: `${'x'.repeat(256)}` })).toEqual(['fileName'])
    expect(await prisma.upload.count()).toBe(0)
  })

  it('is for accounts, and for guests within less', async () => {
    expect(await new TestClient(server).codeOf(CREATE_UPLOAD, announcing(Buffer.alloc(1)))).toBe('UNAUTHENTICATED')
    const { startGuestSession } = await new TestClient(server).get<{
      startGuestSession: { user: { id: string }; token: { accessToken: string } }
    }>('mutation UploadingGuest { startGuestSession { user { id } token { accessToken } } }')
    const guest = new TestClient(server, startGuestSession.token.accessToken)
    const bytes = await photo()
    const tickets = await Promise.all(
      Array.from({ length: 12 }, () => guest.ask<object, object>(CREATE_UPLOAD, announcing(bytes))),
    )
    const refused = tickets.flatMap(({ errors }) => errors)
    expect(refused.map(({ extensions }) => extensions.code)).toEqual(['RATE_LIMITED', 'RATE_LIMITED'])
    expect(refused[0]?.extensions.retryAfter).toBeGreaterThan(0)
    expect(await prisma.upload.count({ where: { ownerId: startGuestSession.user.id } })).toBe(10)
  })

  it('counts megabytes too', async () => {
    const greedy = await openAccount(server)
    const large = { ...announcing(Buffer.alloc(1)), purpose: 'PRINT_FILE', byteSize: 50_000_000 }
    const codes: string[] = []
    for (let n = 0; n < 11; n++) codes.push(await greedy.client.codeOf(CREATE_UPLOAD, large))
    expect(codes).toEqual([...Array(10).fill('ok'), 'RATE_LIMITED'])
  })

  it('may be used by pages of allowed origins', async () => {
    const { uploadUrl } = await ticketFor(anna, Buffer.alloc(1))
    const preflight = (origin: string) =>
      fetch(uploadUrl, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' },
      })
    const { headers } = await preflight(ALLOWED)
    expect(headers.get('access-control-allow-origin')).toBe(ALLOWED)
    expect(headers.get('access-control-allow-methods')).toContain('PUT')
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).not.toBe(
      'https://evil.example',
    )
  })
})
