import { relative } from 'node:path'

import { migrateCreate } from '../platform/database/migrate.js'
import { withSomeDatabase } from './with-some-database.js'

const name = process.argv[2]
if (!name) {
  console.error('Name the migration: npm run migrate:new -- add_order_note')
  process.exit(1)
}
try {
  const path = await withSomeDatabase((url) => migrateCreate(url, name, new Date()))
  console.log(
    path
      ? `Wrote ${relative(process.cwd(), path)}. Read it before you commit it.`
      : 'Schema and migrations agree: nothing to write.',
  )
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
