import { migrateDiff } from '../platform/database/migrate.js'
import { withSomeDatabase } from './with-some-database.js'

try {
  const sql = await withSomeDatabase((url) => migrateDiff(url))
  if (sql === '') {
    console.log('Schema and migrations agree.')
  } else {
    console.error(`The schema has changes that no migration makes. Run npm run migrate:new -- a_name\n\n${sql}`)
    process.exitCode = 1
  }
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
