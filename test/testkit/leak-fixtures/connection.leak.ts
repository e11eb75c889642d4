import pg from 'pg'
import { test } from 'vitest'

import { createTestDatabase } from '../database.js'

test('a connection is left open', async () => {
  const { url } = await createTestDatabase()
  await new pg.Client({ connectionString: url }).connect()
})
