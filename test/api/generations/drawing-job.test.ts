import { describe, expect, test } from 'vitest'
import {
  type ImageProvider,
  ImageRefusal,
  type ImageRequest,
  type ImageTaskState,
} from '../../../src/modules/generations/index.js'
import { openWorkshop } from './workshop.js'

const workshop = openWorkshop()

/** The first bytes of a PNG, as wide as told: enough to be taken for one. */
function picture(width: number, height: number, mark: number): Uint8Array {
  const bytes = Buffer.alloc(40, mark)
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

const done = ({ width, height, position }: ImageRequest): ImageTaskState => ({
  state: 'DONE',
  bytes: picture(width, height, position),
})

interface Provider extends ImageProvider {
  readonly started: number[]
  readonly checked: string[]
}

/** A provider that answers each question about a task by `answer`. */
function provider(
  answer: (request: ImageRequest, handle: string) => ImageTaskState | Promise<ImageTaskState> = done,
): Provider {
  const started: number[] = []
  const checked: string[] = []
  return {
    started,
    checked,
    models: ['test'],
    enhance: () => null,
    async start({ position }) {
      started.push(position)
      return `task-${position}`
    },
    async check(handle, request) {
      checked.push(handle)
      return answer(request, handle)
    },
  }
}

const stored = async (id: string) => {
  const { prisma } = workshop.database
  const generation = await prisma.generation.findUniqueOrThrow({
    where: { id },
    include: { images: true, tasks: true, reservations: true },
  })
  return {
    status: generation.status,
    failure: generation.failure,
    images: generation.images.length,
    tasks: generation.tasks.length,
    reservations: generation.reservations.map(({ status }) => status),
    progress: generation.progress,
  }
}

describe('drawing', () => {
  test('stores every image and spends its quota', async () => {
    const { id, ownerId } = await workshop.request(3)
    await workshop.draw(id, provider())
    expect(await stored(id)).toEqual({
      status: 'COMPLETED',
      failure: null,
      images: 3,
      tasks: 0,
      reservations: ['SPENT', 'SPENT', 'SPENT'],
      progress: 1,
    })
    expect(await workshop.left(ownerId)).toBe(2)
  })

  test('again after it is done changes nothing', async () => {
    const { id, ownerId } = await workshop.request(1)
    await workshop.draw(id, provider())
    const again = provider()
    await workshop.draw(id, again)
    expect(again.started).toEqual([])
    expect(await stored(id)).toMatchObject({ status: 'COMPLETED', images: 1, reservations: ['SPENT'] })
    expect(await workshop.left(ownerId)).toBe(4)
  })

  test('waits for a provider that takes its time, and shows how far it is', async () => {
    const { id } = await workshop.request(1)
    const seen: number[] = []
    let asked = 0
    const slow = provider(async (request) => {
      seen.push((await stored(id)).progress)
      return ++asked > 2 ? done(request) : { state: 'WORKING', fraction: asked / 2, checkAgainIn: 1 }
    })
    await workshop.draw(id, slow)
    expect(slow.started).toEqual([0])
    expect(slow.checked).toEqual(['task-0', 'task-0', 'task-0'])
    expect(seen).toEqual([...new Set(seen)].sort())
    expect(seen).toHaveLength(3)
    expect(await stored(id)).toMatchObject({ status: 'COMPLETED' })
  })

  test('goes on after a crash where it was, without starting or storing anything twice', async () => {
    const { id, ownerId } = await workshop.request(3)
    const crashing = provider((request) => {
      if (request.position === 1) throw new Error('the power went out')
      return done(request)
    })
    await expect(workshop.draw(id, crashing)).rejects.toThrow('the power went out')
    expect(await stored(id)).toMatchObject({
      status: 'PROCESSING',
      images: 0,
      tasks: 3,
      reservations: ['RESERVED', 'RESERVED', 'RESERVED'],
    })

    const next = provider()
    await workshop.draw(id, next)
    expect(next.started).toEqual([])
    expect(next.checked).toEqual(['task-1', 'task-2'])
    expect(await stored(id)).toMatchObject({
      status: 'COMPLETED',
      images: 3,
      tasks: 0,
      reservations: ['SPENT', 'SPENT', 'SPENT'],
    })
    expect(await workshop.left(ownerId)).toBe(2)
  })

  test('twice at the same time still ends once', async () => {
    const { id, ownerId } = await workshop.request(2)
    await Promise.allSettled([workshop.draw(id, provider()), workshop.draw(id, provider())])
    await workshop.draw(id, provider())
    expect(await stored(id)).toMatchObject({
      status: 'COMPLETED',
      images: 2,
      tasks: 0,
      reservations: ['SPENT', 'SPENT'],
    })
    expect(await workshop.left(ownerId)).toBe(3)
  })

  test('leaves its work to another worker when the server stops', async () => {
    const { id } = await workshop.request(1)
    const stop = new AbortController()
    const waiting = provider(() => {
      stop.abort()
      return { state: 'WORKING', fraction: 0, checkAgainIn: 60_000 }
    })
    const { prisma } = workshop.database
    await workshop.draw(id, waiting, { signal: stop.signal, isLastAttempt: true })
    expect(await stored(id)).toMatchObject({ status: 'PROCESSING', tasks: 1, reservations: ['RESERVED'] })
    const jobs = await prisma.$queryRaw<{ task_identifier: string }[]>`select task_identifier from graphile_worker.jobs`
    expect(jobs).toEqual([{ task_identifier: 'generation.draw' }])
  })
})

describe('a generation that fails', () => {
  test.each([
    ['refused by the provider', new ImageRefusal('CENSORED', 'not this'), 'CENSORED'],
    ['out of time', new ImageRefusal('TIMEOUT', 'too long'), 'TIMEOUT'],
  ] as const)('%s, at once, gives its quota back', async (_how, error, failure) => {
    const { id, ownerId } = await workshop.request(2)
    const refusing = provider((request) => {
      if (request.position === 1) throw error
      return done(request)
    })
    const before = await workshop.files()
    await workshop.draw(id, refusing)
    expect(await stored(id)).toMatchObject({
      status: 'FAILED',
      failure,
      images: 0,
      tasks: 0,
      reservations: ['RELEASED', 'RELEASED'],
    })
    expect(await workshop.left(ownerId)).toBe(5)
    expect(await workshop.files()).toEqual(before)
  })

  test('by an error is tried again, and only the last try ends it', async () => {
    const { id, ownerId } = await workshop.request(1)
    const broken = provider(() => {
      throw new Error('502 Bad Gateway')
    })
    await expect(workshop.draw(id, broken)).rejects.toThrow('502')
    expect(await stored(id)).toMatchObject({ status: 'PROCESSING' })
    await workshop.draw(id, broken, { isLastAttempt: true })
    expect(await stored(id)).toMatchObject({ status: 'FAILED', failure: 'PROVIDER_ERROR', reservations: ['RELEASED'] })
    expect(await workshop.left(ownerId)).toBe(5)
  })

  test('by something that is no picture', async () => {
    const { id } = await workshop.request(1)
    await workshop.draw(
      id,
      provider(() => ({ state: 'DONE', bytes: Buffer.from('<html>') })),
    )
    expect(await stored(id)).toMatchObject({ status: 'FAILED', failure: 'INVALID_RESPONSE' })
  })

  test('when its provider is still not done after ten minutes', async () => {
    const { id } = await workshop.request(1)
    const endless = provider(() => ({ state: 'WORKING', fraction: 0, checkAgainIn: 1 }))
    await workshop
      .draw(
        id,
        provider(() => {
          throw new Error('lost')
        }),
      )
      .catch(() => undefined)
    await workshop.database.prisma.generationTask.updateMany({
      data: { startedAt: new Date(Date.now() - 11 * 60_000) },
    })
    await workshop.draw(id, endless)
    expect(await stored(id)).toMatchObject({ status: 'FAILED', failure: 'TIMEOUT' })
  })

  test('when it lost its worker for good', async () => {
    const [lost, fresh] = [await workshop.request(1), await workshop.request(1)]
    const { prisma } = workshop.database
    const begin = (id: string, minutesAgo: number) =>
      prisma.generation.update({
        where: { id },
        data: { status: 'PROCESSING', startedAt: new Date(Date.now() - minutesAgo * 60_000) },
      })
    await begin(lost.id, 31)
    await begin(fresh.id, 29)
    await workshop.sweep()
    expect(await stored(lost.id)).toMatchObject({ status: 'FAILED', failure: 'TIMEOUT', reservations: ['RELEASED'] })
    expect(await stored(fresh.id)).toMatchObject({ status: 'PROCESSING' })
  })
})

test('what comes of a generation that was cancelled meanwhile is dropped', async () => {
  const { id, ownerId } = await workshop.request(2)
  const { prisma } = workshop.database
  const before = await workshop.files()
  const overtaken = provider(async (request) => {
    if (request.position === 1) await prisma.generation.update({ where: { id }, data: { status: 'CANCELLED' } })
    return done(request)
  })
  await workshop.draw(id, overtaken)
  expect(await stored(id)).toMatchObject({ status: 'CANCELLED', images: 0, tasks: 0 })
  expect(await prisma.asset.count({ where: { ownerId } })).toBe(0)
  expect(await workshop.files()).toEqual(before)
})
