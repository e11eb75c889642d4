import { execFileSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The system account a PostgreSQL process runs as. Null stands for our own. */
export type PostgresAccount = { readonly uid: number; readonly gid: number } | null

/**
 * PostgreSQL refuses to run as root, so root lends it another account: the one its files already belong to, else
 * `postgres` where that exists, else `nobody`. No account is created: starting AdTime changes nothing outside its folder.
 */
export function postgresAccount(home: string): PostgresAccount {
  if (process.getuid?.() !== 0) return null
  return ownerOf(home) ?? accountNamed('postgres') ?? accountNamed('nobody')
}

/**
 * The words to put before a command so that it runs as the account. Normally none (spawn changes the account itself);
 * where a folder on the way is closed to others, as /root is, the command is also given the right to pass through it.
 *
 * @throws Error when a folder is closed and the system has no `setpriv`
 */
export function passThroughClosedFolders(account: PostgresAccount, paths: readonly string[]): string[] {
  const closed = account && paths.flatMap(foldersAbove).find((folder) => !mayEnter(account, folder))
  if (!account || !closed) return []
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find(isExecutable)
  if (!setpriv) {
    throw new Error(
      `PostgreSQL cannot run as root, and other accounts may not enter ${closed}. ` +
        'Run AdTime as an ordinary user, move it out of that folder, or set DATABASE_URL.',
    )
  }
  // Without no_setuid_fixup, access(2) forgets the capability and PostgreSQL believes its own programs unreadable.
  return [
    setpriv,
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
  ]
}

function ownerOf(path: string): PostgresAccount {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : null
}

function accountNamed(name: string): PostgresAccount {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return null
  }
}

function foldersAbove(path: string): string[] {
  const above = dirname(path)
  return above === path ? [] : [above, ...foldersAbove(above)]
}

function mayEnter(account: NonNullable<PostgresAccount>, folder: string): boolean {
  const { mode, uid, gid } = statSync(folder)
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
