import { createServer } from 'node:net'
import pg from 'pg'
import { expect, test } from 'vitest'
import { freePort } from '../../src/platform/database/free-port.js'
import { createTestDatabase } from '../testkit/database.js'
import { startTestServer } from '../testkit/server.js'

test('a server whose jobs cannot start leaves nothing open behind', async () => {
  const { url } = await createTestDatabase()
  const role = `limited_${process.pid}`
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'limited'`)
  const limited = new URL(url)
  limited.username = role
  limited.password = 'limited'
  const port = await freePort()
  const starting = startTestServer({ databaseUrl: limited.href, env: { PORT: String(port) } })

  await expect(starting).rejects.toThrow(/permission denied/)
  await owner.query(`DROP ROLE ${role}`)
  await owner.end()
  const listener = createServer()
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  await new Promise((resolve) => listener.close(resolve))
  // Connections, sockets and timers are looked at after every file.
})
