import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { CANCEL, type Generation, READ } from './documents.js'
import { drawn, followToTheEnd, holdWorkers, left, request } from './drawing.js'

let release = async () => {}

const server = await startTestServer()

afterEach(() => release())

const files = async () =>
  (await readdir(join(server.platform.config.dataDir, 'assets'), { recursive: true }).catch(() => [])).filter((name) =>
    name.endsWith('.png'),
  )

describe('cancelling a generation', () => {
  test('ten times at once gives its quota back once', async () => {
    release = await holdWorkers(server)
    const { client } = await openAccount(server)
    const { id } = await request(client, { imageCount: 3 })
    expect(await left(client)).toBe(2)

    const codes = await Promise.all(Array.from({ length: 10 }, () => client.codeOf(CANCEL, { id })))

    expect(codes.filter((code) => code === 'ok')).toHaveLength(1)
    expect(codes.filter((code) => code === 'INVALID_TRANSITION')).toHaveLength(9)
    expect(await left(client)).toBe(5)
  })

  test('while it is drawn drops what comes of it', async () => {
    release = await holdWorkers(server)
    const { id: ownerId, client } = await openAccount(server)
    const { id } = await request(client, { imageCount: 2 })
    const { prisma } = server.platform.database
    await expect
      .poll(async () => (await prisma.generation.findUniqueOrThrow({ where: { id } })).status)
      .toBe('PROCESSING')

    const { cancelGeneration } = await client.get<{ cancelGeneration: Generation }>(CANCEL, { id })
    expect(cancelGeneration).toMatchObject({ status: 'CANCELLED', failure: null, images: [] })
    expect(cancelGeneration.finishedAt).not.toBeNull()

    await release()
    const jobs = () =>
      prisma.$queryRaw<unknown[]>`select 1 from graphile_worker.jobs where task_identifier = 'generation.draw'`
    await expect.poll(jobs, { timeout: 10_000 }).toEqual([])
    const { generation } = await client.get<{ generation: Generation }>(READ, { id })
    expect(generation).toMatchObject({ status: 'CANCELLED', images: [] })
    expect(await prisma.asset.count({ where: { ownerId } })).toBe(0)
    expect(await prisma.generationTask.count({ where: { generationId: id } })).toBe(0)
    expect(await files()).toEqual([])
    expect(await left(client)).toBe(5)
  })

  test('ends its subscription', async () => {
    release = await holdWorkers(server)
    const { client } = await openAccount(server)
    const { id } = await request(client)
    const states = followToTheEnd(client, id)
    await client.get(CANCEL, { id })
    expect((await states).at(-1)).toMatchObject({ status: 'CANCELLED' })
  })

  test('is refused when it is finished, and for anybody but its owner', async () => {
    const [owner, other, manager] = [
      await openAccount(server),
      await openAccount(server),
      await openAccount(server, 'MANAGER'),
    ]
    const { id } = await drawn(owner.client)
    expect(await owner.client.codeOf(CANCEL, { id })).toBe('INVALID_TRANSITION')
    expect(await other.client.codeOf(CANCEL, { id })).toBe('NOT_FOUND')
    expect(await manager.client.codeOf(CANCEL, { id })).toBe('FORBIDDEN')
    expect(await left(owner.client)).toBe(4)
  })
})
