import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll } from 'vitest'
import { systemClock } from '../../../src/kernel/clock.js'
import { CursorCodec } from '../../../src/kernel/cursor.js'
import { newId } from '../../../src/kernel/ids.js'
import { createAssetsRoom } from '../../../src/modules/assets/index.js'
import { createGenerationsRoom, type ImageProvider } from '../../../src/modules/generations/index.js'
import { createPaymentsRoom } from '../../../src/modules/payments/index.js'
import { createPlansRoom } from '../../../src/modules/plans/index.js'
import { configFrom } from '../../../src/platform/config/config.js'
import { readEnvironment } from '../../../src/platform/config/environment.js'
import { type Database, openDatabase } from '../../../src/platform/database/database.js'
import { inTransaction } from '../../../src/platform/database/transaction.js'
import { EventStreams } from '../../../src/platform/events/event-streams.js'
import { inProcessBus } from '../../../src/platform/events/in-process-bus.js'
import { RateLimits } from '../../../src/platform/limits/rate-limits.js'
import type { Platform } from '../../../src/platform/platform.js'
import { SealedBox } from '../../../src/platform/secrets/sealed-box.js'
import { createTestDatabase } from '../../testkit/database.js'
import { temporaryFolder } from '../../testkit/temporary-folder.js'

/** The rooms that draw, with nobody drawing but the test: it runs the job itself, with a provider of its own. */
export interface Workshop {
  readonly database: Database
  /** Runs `generation.draw` once. */
  draw(
    generationId: string,
    provider: ImageProvider,
    job?: { readonly isLastAttempt?: boolean; readonly signal?: AbortSignal },
  ): Promise<void>
  sweep(): Promise<void>
  /** Its owner leaves. */
  forget(ownerId: string): Promise<void>
  /** Runs the job that removes files, as often as it is queued. */
  removeFiles(): Promise<void>
  /** A PENDING generation with its quota reserved, as `createGeneration` leaves it. @returns its id */
  request(imageCount: number): Promise<{ readonly id: string; readonly ownerId: string }>
  left(ownerId: string): Promise<number>
  /** The pictures on the disk. */
  files(): Promise<string[]>
}

export function openWorkshop(): Workshop {
  const dataDir = temporaryFolder()
  let platform: Platform
  let close = async () => {}

  beforeAll(async () => {
    const { url } = await createTestDatabase()
    const log = pino({ level: 'silent' })
    const database = openDatabase({ url, maxConnections: 5 })
    const streams = new EventStreams({
      pool: database.pool,
      bus: inProcessBus(),
      clock: systemClock,
      log,
    })
    const config = configFrom(readEnvironment({ NODE_ENV: 'test', DATA_DIR: dataDir }))
    const key = randomBytes(32)
    const secrets = {
      assetUrlKey: key,
      cursorKey: key,
      sandboxWebhookKey: key,
      jwtPrivateKey: '',
      jwtPreviousKeys: [],
      passwordPeppers: new Map(),
      sealingKeys: new Map(),
      shortCodeKey: key,
      refreshKey: key,
    }
    platform = {
      config,
      secrets,
      database,
      streams,
      cursors: new CursorCodec(key),
      clock: systemClock,
      log,
      limits: new RateLimits(null),
      sealedBox: new SealedBox(new Map([[1, key]])),
      mailer: null,
      sms: null,
      telegram: null,
      bus: inProcessBus(),
    }
    close = async () => {
      await streams.close()
      await database.close()
    }
  })
  afterAll(() => close())

  const rooms = (provider?: ImageProvider) => {
    const { payments } = createPaymentsRoom(platform, { webhookBase: () => '' })
    const { quota } = createPlansRoom(platform, { payments })
    const { assets } = createAssetsRoom(platform)
    return {
      quota,
      generations: createGenerationsRoom(platform, { assets, quota, ...(provider && { providers: [provider] }) }),
    }
  }
  const run = async (name: string, provider: ImageProvider | undefined, payload: object, job: object) => {
    const handler = rooms(provider).generations.jobs?.[name]
    if (!handler) throw new Error(`there is no job ${name}`)
    const context = {
      log: platform.log,
      attempt: 1,
      isLastAttempt: false,
      signal: new AbortController().signal,
      ...job,
    }
    await handler(payload as never, context)
  }
  return {
    get database() {
      return platform.database
    },
    draw: (generationId, provider, job = {}) => run('generation.draw', provider, { generationId }, job),
    sweep: () => run('sweep-generations', undefined, {}, {}),
    forget: (ownerId) =>
      inTransaction(platform.database, async (tx) => {
        await rooms().generations.forget?.(tx, ownerId)
        await createAssetsRoom(platform).forget?.(tx, ownerId)
      }),
    async removeFiles() {
      const remove = createAssetsRoom(platform).jobs?.['assets.remove-files']
      const queued = await platform.database.prisma.$queryRaw<{ payload: object }[]>`
        select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = 'assets.remove-files'`
      for (const { payload } of queued) await remove?.(payload as never, undefined as never)
    },
    async request(imageCount) {
      const [id, ownerId, createdAt] = [newId(), newId(), new Date()]
      await platform.database.prisma.user.create({ data: { id: ownerId, displayName: 'A customer', createdAt } })
      await inTransaction(platform.database, async (tx) => {
        await tx.prisma.generation.create({
          data: { id, ownerId, prompt: 'A red bicycle', model: 'test', width: 256, height: 256, imageCount, createdAt },
        })
        await rooms().quota.reserve(tx, ownerId, id, imageCount)
      })
      return { id, ownerId }
    },
    left: async (userId) =>
      (await platform.database.prisma.planSubscription.findUniqueOrThrow({ where: { userId } })).remainingGenerations,
    files: async () =>
      (await readdir(join(dataDir, 'assets'), { recursive: true }).catch(() => [])).filter((name) =>
        name.includes('.'),
      ),
  }
}
