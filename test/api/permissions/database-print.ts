import type { PrismaClient } from '../../../src/generated/prisma/client.js'

/** A number for what stands in each table, but for when something was last used. */
export type DatabasePrint = Readonly<Record<string, string>>

/** Takes the print of a database in which nothing runs by itself. */
export async function takePrint(prisma: PrismaClient): Promise<DatabasePrint> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  const prints = await prisma.$queryRawUnsafe<{ name: string; print: string }[]>(
    tables
      .map(
        ({ name }) => `select '${name}' as name,
          (count(*)::text || '/' || coalesce(sum(hashtextextended((to_jsonb(t) - 'last_used_at')::text, 0)), 0)) as print
          from "${name}" t`,
      )
      .join(' union all '),
  )
  return Object.fromEntries(prints.map(({ name, print }) => [name, print]))
}

/** The tables in which something changed. */
export const changedTables = (before: DatabasePrint, after: DatabasePrint): string[] =>
  Object.keys(after).filter((table) => before[table] !== after[table])

/** Drops the jobs that earlier calls left, and waits for those that are running. @throws after ten seconds */
export async function quieten(prisma: PrismaClient): Promise<void> {
  const giveUpAt = Date.now() + 10_000
  for (;;) {
    await prisma.$executeRaw`delete from graphile_worker._private_jobs where locked_at is null`
    const [left] = await prisma.$queryRaw<{ jobs: number }[]>`
      select count(*)::int as jobs from graphile_worker._private_jobs`
    if (left?.jobs === 0) return
    if (Date.now() > giveUpAt) throw new Error('some jobs do not end')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
