import { describe, expect, test } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { readImageHeader } from '../../../src/modules/assets/index.js'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { type Generation, RATE, READ, RETRY, UPDATED } from './documents.js'
import { drawn, followToTheEnd, left, request } from './drawing.js'

const server = await startTestServer()
const owner = await openAccount(server)
const other = await openAccount(server)
const manager = await openAccount(server, 'MANAGER')

const read = async ({ client }: TestAccount, id: string) =>
  (await client.get<{ generation: Generation | null }>(READ, { id })).generation

describe('a generation', () => {
  test('is drawn live, as pictures of the requested size', async () => {
    const { client } = await openAccount(server)
    const { id } = await request(client, { prompt: 'Скидки на велосипеды', width: 320, height: 576, imageCount: 2 })
    const states = await followToTheEnd(client, id)

    const progress = states.map((state) => state.progress)
    expect(progress).toEqual([...progress].sort((left, right) => left - right))
    expect(new Set(progress).size).toBeGreaterThanOrEqual(3)
    expect(progress.at(-1)).toBe(1)
    expect(states.slice(0, -1).every(({ status, images }) => status !== 'COMPLETED' && images.length === 0)).toBe(true)

    const last = states.at(-1)
    expect(last).toMatchObject({ status: 'COMPLETED', failure: null })
    const pictures = await Promise.all(
      (last?.images ?? []).map(async ({ url, contentType, byteSize, width, height }) => {
        const response = await fetch(url)
        const bytes = new Uint8Array(await response.arrayBuffer())
        expect([contentType, width, height, byteSize]).toEqual(['image/png', 320, 576, bytes.byteLength])
        expect(readImageHeader(bytes)).toEqual({ contentType: 'image/png', width: 320, height: 576 })
        return Buffer.from(bytes).toString('base64')
      }),
    )
    expect(new Set(pictures).size).toBe(2)
    expect(await left(client)).toBe(3)
    expect(
      await server.platform.database.prisma.quotaReservation.count({ where: { generationId: id, status: 'SPENT' } }),
    ).toBe(2)
  })

  test('shows a subscriber who comes late its last state, and ends', async () => {
    const { id } = await drawn(owner.client)
    const live = owner.client.subscribe<{ generationUpdated: Generation }, { id: string }>(UPDATED, { id })
    try {
      await live.until(() => live.isOver)
      expect(live.received.map(({ generationUpdated }) => generationUpdated.status)).toEqual(['COMPLETED'])
    } finally {
      await live.close()
    }
  })

  test('is seen by its owner and staff only', async () => {
    const { id } = await drawn(owner.client)
    expect(await read(owner, id)).toMatchObject({ id })
    expect(await read(manager, id)).toMatchObject({ id })
    expect(await other.client.codeOf(READ, { id })).toBe('NOT_FOUND')
    expect(await owner.client.codeOf(READ, { id: newId() })).toBe('NOT_FOUND')
    expect(await new TestClient(server).codeOf(READ, { id })).toBe('UNAUTHENTICATED')
  })

  test.each([
    ['somebody else', () => other.client, 'NOT_FOUND'],
    ['a visitor', () => new TestClient(server), 'UNAUTHENTICATED'],
  ] as const)('is not followed by %s', async (_who, client, code) => {
    const { id } = await drawn(owner.client)
    const live = client().subscribe(UPDATED, { id })
    try {
      expect((await live.failure()).extensions.code).toBe(code)
    } finally {
      await live.close()
    }
  })

  test('keeps its owner’s opinion until it is taken back', async () => {
    const rater = await openAccount(server)
    const { id } = await drawn(rater.client)
    for (const isLiked of [true, false, null]) {
      await rater.client.get(RATE, { id, isLiked })
      expect(await read(rater, id)).toMatchObject({ isLiked })
    }
    expect(await other.client.codeOf(RATE, { id, isLiked: true })).toBe('NOT_FOUND')
  })

  test('that failed can be drawn again, as a new one', async () => {
    const unlucky = await openAccount(server)
    const first = await drawn(unlucky.client, { prompt: 'A green bicycle', style: 'kandinsky', imageCount: 2 })
    expect(await unlucky.client.codeOf(RETRY, { id: first.id })).toBe('INVALID_TRANSITION')
    await server.platform.database.prisma.generation.update({
      where: { id: first.id },
      data: { status: 'FAILED', failure: 'TIMEOUT' },
    })

    const { retryGeneration } = await unlucky.client.get<{ retryGeneration: Generation }>(RETRY, { id: first.id })

    expect(retryGeneration).toMatchObject({
      status: 'PENDING',
      prompt: 'A green bicycle',
      style: 'kandinsky',
      imageCount: 2,
    })
    expect(retryGeneration.id).not.toBe(first.id)
    expect(await left(unlucky.client)).toBe(1)
    expect(await other.client.codeOf(RETRY, { id: first.id })).toBe('NOT_FOUND')
  })
})
