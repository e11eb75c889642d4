import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What postmaster.pid of a data folder says:
 * - `held`: a server runs on it
 * - `stopping`: a server is shutting down, as it does when the process that started it was killed
 * - `stale`: it names a process that is no PostgreSQL of this folder. PostgreSQL sees to the plain cases itself, but is fooled
 *   when the number was given to another process of the same account, as happens in a restarted container.
 */
export async function postgresLock(data: string): Promise<'held' | 'stopping' | 'stale'> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const commandLine = await readFile(`/proc/${Number(lines[0])}/cmdline`, 'utf8').catch(() => null)
  if (commandLine !== null && !commandLine.split('\0').includes(data)) return 'stale'
  return lines[7]?.trim() === 'stopping' ? 'stopping' : 'held'
}
