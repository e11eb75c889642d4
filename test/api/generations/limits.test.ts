import { expect, test } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { CREATE } from './documents.js'

const server = await startTestServer()
const { prisma } = server.platform.database
const input = { prompt: 'A red bicycle', width: 256, height: 256 }

async function accountWithQuota(images: number) {
  const account = await openAccount(server)
  await account.client.get('{ me { planSubscription { remainingGenerations } } }')
  await prisma.planSubscription.updateMany({
    where: { userId: account.id },
    data: { remainingGenerations: images },
  })
  return account
}

test('an account may ask for ten generations in a minute, at once or not, from wherever; the eleventh takes no quota', async () => {
  const { id, client } = await accountWithQuota(50)
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => new TestClient(server, client.token).ask(CREATE, { input })),
  )
  const refused = answers.flatMap(({ errors }) => errors)
  expect(refused).toHaveLength(20)
  for (const { extensions } of refused)
    expect(extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) })
  expect(await prisma.generation.count({ where: { ownerId: id } })).toBe(10)
  const { remainingGenerations } = await prisma.planSubscription.findUniqueOrThrow({ where: { userId: id } })
  expect(remainingGenerations).toBe(40)
})

test('so may an address, whichever accounts it uses', async () => {
  const [anna, boris] = [await accountWithQuota(50), await accountWithQuota(50)]
  const from = (token: string | null) => new TestClient(server, token, {}, '192.0.2.77')
  const [one, other] = [from(anna.client.token), from(boris.client.token)]
  const codes = await Promise.all(Array.from({ length: 24 }, (_, n) => (n % 2 ? one : other).codeOf(CREATE, { input })))
  expect(codes.filter((code) => code === 'ok')).toHaveLength(10)
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(14)
})

test('what the quota refuses, and a repeat under the same key, count for nothing', async () => {
  const { client } = await accountWithQuota(3)
  const refused = await Promise.all(
    Array.from({ length: 15 }, () => client.codeOf(CREATE, { input: { ...input, imageCount: 4 } })),
  )
  expect(new Set(refused)).toEqual(new Set(['QUOTA_EXCEEDED']))
  const repeated = await Promise.all(
    Array.from({ length: 15 }, () => client.codeOf(CREATE, { input: { ...input, idempotencyKey: 'one' } })),
  )
  expect(new Set(repeated)).toEqual(new Set(['ok']))
  expect(await client.codeOf(CREATE, { input })).toBe('ok')
})
