import { readdir, utimes, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/kernel/clock.js'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { bomb, drawing, pdf, photo, put, type Ticket, ticketFor } from './upload-desk.js'

const MINUTE = 60_000
let ahead = 0
const clock: Clock = { now: () => new Date(Date.now() + ahead) }
const server = await startTestServer({ clock })
const { prisma } = server.platform.database
const anna = await openAccount(server)
const incoming = join(server.platform.config.dataDir, 'uploads')

const isAsset = async ({ asset }: Ticket) => (await prisma.asset.count({ where: { id: asset.id } })) === 1
const partsLeft = async () => readdir(incoming).catch(() => [])

describe('a file that is not what it was said to be', () => {
  const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.6))
  it.each([
    ['a JPEG called PNG', 'image/png', photo],
    ['a page called PNG', 'image/png', async () => Buffer.from('<svg onload="alert(1)"/><script>alert(1)</script>')],
    ['a program called PDF', 'application/pdf', async () => Buffer.from('MZ and so on, %PDF-1.7 %%EOF')],
    ['a JPEG that was cut off', 'image/jpeg', async () => cut(await photo())],
    ['a PNG that was cut off', 'image/png', async () => cut(await drawing())],
    ['a PDF that was cut off', 'application/pdf', async () => cut(pdf())],
    [
      'the beginning of a picture and nothing else',
      'image/jpeg',
      async () => Buffer.from('\xff\xd8\xff\xe0', 'latin1'),
    ],
    ['a picture that would fill the memory', 'image/png', bomb],
  ])('%s is refused, and nothing is left of it', async (_what, contentType, make) => {
    const bytes = await make()
    const ticket = await ticketFor(anna, bytes, { contentType })
    const { status, body } = await put(ticket, bytes)
    expect([status, typeof body.title]).toEqual([422, 'string'])
    expect(await isAsset(ticket)).toBe(false)
    expect(await partsLeft()).toEqual([])
  })

  it('may be followed by the right one', async () => {
    const good = await photo()
    const ticket = await ticketFor(anna, good)
    expect((await put(ticket, Buffer.alloc(good.length))).status).toBe(422)
    expect((await put(ticket, good)).status).toBe(201)
  })

  it('is tried ten times at most', async () => {
    const bad = Buffer.alloc(100)
    const ticket = await ticketFor(anna, bad)
    const statuses: number[] = []
    for (let n = 0; n < 11; n++) statuses.push((await put(ticket, bad)).status)
    expect(statuses).toEqual([...Array(10).fill(422), 429])
  })
})

describe('an upload', () => {
  it('has the length and the type of its ticket', async () => {
    const bytes = await photo()
    const ticket = await ticketFor(anna, bytes)
    expect((await put(ticket, Buffer.concat([bytes, Buffer.alloc(1)]))).status).toBe(413)
    expect((await put(ticket, bytes.subarray(1))).status).toBe(400)
    expect((await put(ticket, bytes, { 'content-type': 'image/png' })).status).toBe(415)
    const ofNoLength = await fetch(ticket.uploadUrl, {
      method: 'PUT',
      headers: ticket.headers,
      body: new Blob([new Uint8Array(bytes)]).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(ofNoLength.status).toBe(411)
    await ofNoLength.text()
    expect(await isAsset(ticket)).toBe(false)
  })

  it('happens once, however often and however fast it is sent', async () => {
    const bytes = await photo()
    const ticket = await ticketFor(anna, bytes)
    const sent = await Promise.all(Array.from({ length: 6 }, () => put(ticket, bytes)))
    expect(sent.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409])
    expect((await put(ticket, bytes)).status).toBe(409)
    // The losers' bytes are gone, the winner's are there.
    const { storageKey } = await prisma.asset.findUniqueOrThrow({ where: { id: ticket.asset.id } })
    const files = await readdir(join(server.platform.config.dataDir, 'assets'), { recursive: true })
    expect(files.filter((file) => file === storageKey)).toHaveLength(1)
    expect(files.filter((file) => /\.\w+$/.test(file))).toHaveLength(await prisma.asset.count())
  })

  it('ends with its ticket', async () => {
    const bytes = await photo()
    const ticket = await ticketFor(anna, bytes)
    ahead = 16 * MINUTE
    try {
      expect((await put(ticket, bytes)).status).toBe(410)
    } finally {
      ahead = 0
    }
    expect((await put(ticket, bytes)).status).toBe(201)
  })

  it('is refused under a link that was altered, or is for something else', async () => {
    const bytes = await photo()
    const [one, other] = [await ticketFor(anna, bytes), await ticketFor(anna, bytes)]
    const statusAt = async (uploadUrl: string) => (await put({ ...one, uploadUrl }, bytes)).status
    expect(await statusAt(one.uploadUrl.replace(one.asset.id, other.asset.id))).toBe(403)
    expect(await statusAt(one.uploadUrl.replace(/expires=\d+/, 'expires=99999999999'))).toBe(403)
    expect(await statusAt(one.uploadUrl.replace(/&?signature=[^&]+/, ''))).toBe(403)
    // What is signed for downloading does not upload, nor the other way round.
    const { search } = new URL(one.asset.url)
    expect(await statusAt(one.uploadUrl.replace(/\?.*/, search))).toBe(403)
    const read = await fetch(one.uploadUrl.replace('/uploads/', '/assets/'))
    await read.text()
    expect(read.status).toBe(403)
    expect([await isAsset(one), await isAsset(other)]).toEqual([false, false])
  })

  it('that breaks off leaves nothing, and can be done again', async () => {
    const bytes = await photo()
    const ticket = await ticketFor(anna, bytes)
    await new Promise<void>((resolve) => {
      const half = request(ticket.uploadUrl, {
        method: 'PUT',
        headers: { ...ticket.headers, 'content-length': bytes.length },
      })
      half.on('error', () => resolve())
      half.write(bytes.subarray(0, 100))
      setTimeout(() => half.destroy(new Error('the connection is lost')), 100)
    })
    await expect.poll(partsLeft, { timeout: 30_000 }).toEqual([])
    expect((await put(ticket, bytes)).status).toBe(201)
  })

  it('in vain for an account that has gone', async () => {
    const leaver = await openAccount(server)
    const bytes = await photo()
    const ticket = await ticketFor(leaver, bytes)
    await leaver.client.get('mutation LeaveUploading { deleteAccount(password: "Adtime-test-1") }')
    expect((await put(ticket, bytes)).status).toBe(410)
    expect(await isAsset(ticket)).toBe(false)
  })
})

describe('what never came', () => {
  it('is forgotten by a job, and so is what a crash left half received', async () => {
    const ticket = await ticketFor(anna, Buffer.alloc(1))
    const fresh = await ticketFor(anna, Buffer.alloc(1))
    const expiresAt = new Date(Date.now() - 20 * MINUTE)
    await prisma.upload.update({ where: { id: ticket.asset.id }, data: { expiresAt } })
    await put(fresh, Buffer.alloc(1))
    const [old, young] = [join(incoming, 'old.part'), join(incoming, 'young.part')]
    for (const path of [old, young]) await writeFile(path, 'half')
    const longAgo = new Date(Date.now() - 48 * 60 * MINUTE)
    await utimes(old, longAgo, longAgo)
    await prisma.$executeRaw`select graphile_worker.add_job('prune-uploads')`
    await expect.poll(partsLeft, { timeout: 30_000 }).toEqual(['young.part'])
    const left = await prisma.upload.findMany({ where: { id: { in: [ticket.asset.id, fresh.asset.id] } } })
    expect(left.map(({ id }) => id)).toEqual([fresh.asset.id])
  })
})
