import { createServer } from 'node:http'
import pg from 'pg'
import { afterAll, test } from 'vitest'

import { createTestDatabase } from '../database.js'

const server = createServer()
let client: pg.Client

afterAll(async () => {
  server.close()
  await client.end()
})

test('what is opened is closed after the file', async () => {
  const { url } = await createTestDatabase()
  client = new pg.Client({ connectionString: url })
  await client.connect()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await fetch(`http://127.0.0.1:${(server.address() as { port: number }).port}`, {
    signal: AbortSignal.timeout(50),
  }).catch(() => {})
})
