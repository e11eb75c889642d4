import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js'
import { TestClient } from '../testkit/client.js'
import { productionEnvironment } from '../testkit/production.js'
import { RawSocket } from '../testkit/raw-socket.js'
import { type ServerProcess, spawnServer } from '../testkit/server-process.js'
import { temporaryFolder } from '../testkit/temporary-folder.js'

const ACCOUNT = { email: 'loser@example.test', password: 'Adtime-test-1', displayName: 'Loser' }
const LOGIN = 'mutation($input: LoginInput!) { login(input: $input) { user { id } } }'
const CREDENTIALS = { input: { email: ACCOUNT.email, password: ACCOUNT.password } }
const MASKED = 'Something went wrong on our side. Quote the request id when you report it.'

const dataDir = temporaryFolder()
let postgres: EmbeddedPostgres
let server: ServerProcess
let client: TestClient
let socket: RawSocket

const health = async (): Promise<number> => (await fetch(`${server.url}/health`)).status

/** The lines of the log that name a request. */
const logged = (requestId: string | undefined): Record<string, unknown>[] =>
  server.output
    .split('\n')
    .filter((line) => requestId !== undefined && line.startsWith('{') && line.includes(requestId))
    .map((line) => JSON.parse(line) as Record<string, unknown>)

beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ dataDir, fast: true })
  server = await spawnServer({ env: { ...productionEnvironment, DATABASE_URL: postgres.url } })
  await server.says('Ready at')
  const { register } = await new TestClient(server).get<{ register: { token: { accessToken: string } } }>(
    'mutation($input: RegisterInput!) { register(input: $input) { token { accessToken } } }',
    { input: ACCOUNT },
  )
  client = new TestClient(server, register.token.accessToken)
  socket = await RawSocket.connect(server.url, register.token.accessToken)
  socket.send({ id: 'orders', type: 'subscribe', payload: { query: 'subscription { myOrdersChanged { toStatus } }' } })
}, 120_000)

afterAll(async () => {
  await server.stop()
  await postgres.stop()
})

describe('a server in production that loses its database', { timeout: 60_000 }, () => {
  test('is healthy before', async () => {
    expect(await health()).toBe(200)
  })

  test('answers every operation with a masked error at once, and logs each once with its stack', async () => {
    await postgres.stop()
    for (const [document, variables] of [
      [LOGIN, CREDENTIALS],
      ['{ plans { tier } marketplaceItems { totalCount } }', {}],
      ['{ me { email } }', {}],
    ] as const) {
      const askedAt = Date.now()
      const { errors } = await client.ask(document, variables)
      const [error] = errors

      expect(Date.now() - askedAt).toBeLessThan(5_000)
      expect(error).toMatchObject({ message: MASKED, extensions: { code: 'INTERNAL_SERVER_ERROR' } })
      expect(JSON.stringify(errors)).not.toMatch(/ECONNREFUSED|stack|prisma|127\.0\.0\.1/i)
      await expect.poll(() => logged(error?.extensions.requestId).length).toBe(1)
      expect(logged(error?.extensions.requestId)).toMatchObject([
        { level: 'error', err: { stack: expect.any(String) } },
      ])
    }
  })

  test('answers on sockets in the same way', async () => {
    const answer = await socket.ask('1', { query: '{ me { email } }' })

    expect(JSON.stringify(answer.payload)).toContain(MASKED)
  })

  test('says within seconds that it is not ready, and still that it lives', async () => {
    await expect.poll(health, { timeout: 5_000 }).toBe(503)
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
  })

  test('recovers by itself: operations, jobs, and the subscriptions that were open', async () => {
    // Long enough for the worker of jobs to meet the loss.
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    postgres = await startEmbeddedPostgres({ dataDir, fast: true })
    await expect.poll(health, { timeout: 10_000 }).toBe(200)
    expect(await client.codeOf(LOGIN, CREDENTIALS)).toBe('ok')

    const { createGeneration } = await client.get<{ createGeneration: { id: string } }>(
      'mutation($input: CreateGenerationInput!) { createGeneration(input: $input) { id } }',
      { input: { prompt: 'A bakery that is open again', style: 'malevich', width: 256, height: 256 } },
    )
    const drawn = () =>
      client.get<{ generation: { status: string } }>(
        'query($id: UUID!) { generation(id: $id) { status } }',
        createGeneration,
      )
    await expect.poll(async () => (await drawn()).generation.status, { timeout: 30_000 }).toBe('COMPLETED')

    await client.get('mutation($input: CreateOrderInput!) { createOrder(input: $input) { id } }', {
      input: { lines: [{ generationId: createGeneration.id, productType: 'DIGITAL' }] },
    })
    expect(await socket.next(({ id, type }) => id === 'orders' && type === 'next')).toMatchObject({
      payload: { data: { myOrdersChanged: { toStatus: 'CREATED' } } },
    })
    await socket.close()
  })
})

describe('production gives no hints about names in the schema', () => {
  const wrong = [
    { query: '{ plan { tier } }' },
    {
      query: 'query($sort: ItemSort) { marketplaceItems(sort: $sort) { totalCount } }',
      variables: { sort: 'NEWES' },
    },
  ]

  test('over HTTP', async () => {
    const visitor = new TestClient(server)
    const answers = await Promise.all(wrong.map(({ query, variables }) => visitor.ask(query, variables)))

    expect(answers.map(({ errors }) => errors[0]?.extensions.code)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT'])
    expect(JSON.stringify(answers)).not.toMatch(/did you mean/i)
  })

  test('over sockets', async () => {
    const visiting = await RawSocket.connect(server.url)
    const answers = [await visiting.ask('1', wrong[0] ?? {}), await visiting.ask('2', wrong[1] ?? {})]
    await visiting.close()

    expect(answers.map((answer) => JSON.stringify(answer).match(/BAD_USER_INPUT/g)?.length)).toEqual([1, 1])
    expect(JSON.stringify(answers)).not.toMatch(/did you mean/i)
  })
})
