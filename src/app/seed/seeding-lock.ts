import pg from 'pg'

const LOCK_KEY = 8043
const LOCK_WAIT = '120s'

/** Runs the work while no other process seeds the same database: replicas that start together take turns. */
export async function withSeedingLock<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'adtime seed',
  })
  // A lost connection fails the next query; without a listener its event would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(`SET lock_timeout = '${LOCK_WAIT}'`)
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
    return await work(client)
  } finally {
    await client.end()
  }
}
