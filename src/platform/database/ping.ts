import type { Database } from './database.js'

const LIMIT_MS = 1_000

/** Whether the database answers within a second. Never throws. */
export async function ping({ pool }: Pick<Database, 'pool'>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const answered = pool.query('SELECT 1').then(
    () => true,
    () => false,
  )
  const gaveUp = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), LIMIT_MS)
  })
  try {
    return await Promise.race([answered, gaveUp])
  } finally {
    clearTimeout(timer)
  }
}
