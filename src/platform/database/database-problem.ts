/**
 * One sentence for a person about why a database could not be used, without its password.
 *
 * @param url the URL that was tried, valid or not
 * @param error what connecting or querying threw
 */
export function databaseProblem(url: string, error: unknown): string {
  if (!URL.canParse(url))
    return 'DATABASE_URL is not a URL. It looks like postgresql://user:password@host:5432/database.'
  const { host, pathname, username } = new URL(url)
  const database = decodeURIComponent(pathname.slice(1))
  const { code, message } = innermost(error)
  switch (code) {
    case '28P01':
    case '28000':
      return `PostgreSQL at ${host} refused the user "${decodeURIComponent(username)}". Check the user and password in DATABASE_URL.`
    case '3D000':
      return `PostgreSQL at ${host} has no database "${database}". Create it, or correct DATABASE_URL.`
    case '53300':
      return `PostgreSQL at ${host} has no connection left. Raise its max_connections, or lower DATABASE_POOL_SIZE.`
    case '55P03':
      return `Another process is migrating the database "${database}" at ${host} and has not finished. Try again when it has.`
    case '42P01':
    case '42703':
      return `The database "${database}" at ${host} is not migrated to this version. Run: npm run migrate`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host of DATABASE_URL, ${host}, was not found. Check its name.`
    case 'ECONNREFUSED':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
      return `PostgreSQL does not answer at ${host}. Start it, or correct DATABASE_URL.`
    default:
      if (/timeout/i.test(message)) return `PostgreSQL does not answer at ${host}. Start it, or correct DATABASE_URL.`
      return `The database "${database}" at ${host} cannot be used: ${message}`
  }
}

/** A name with several addresses fails with one error per address, and no message of its own. */
function innermost(error: unknown): { code: string | undefined; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0])
  if (!(error instanceof Error)) return { code: undefined, message: String(error) }
  return { code: (error as NodeJS.ErrnoException).code, message: error.message }
}
