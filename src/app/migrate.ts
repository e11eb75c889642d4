import { databaseProblem } from '../platform/database/database-problem.js'
import { migrateDeploy } from '../platform/database/migrate.js'

// Reads its one variable itself, so that a deployment can migrate before the server's other settings exist.
const url = process.env.DATABASE_URL
if (!url) {
  console.error(
    'Set DATABASE_URL to the PostgreSQL database to migrate. Without one, `npm start` runs and migrates its own.',
  )
  process.exit(1)
}
try {
  const applied = await migrateDeploy(url)
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
} catch (error) {
  console.error(databaseProblem(url, error))
  process.exit(1)
}
