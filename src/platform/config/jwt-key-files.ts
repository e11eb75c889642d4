import { createPublicKey, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from './config-error.js'
import { checkedPrivateKey, checkedPublicKey, keyId, makeRsaKey, publicHalf } from './rsa-keys.js'

/** The keys of access tokens. */
export interface JwtKeys {
  /** PKCS#8 PEM of the RSA key that signs. */
  readonly jwtPrivateKey: string
  /** PEM of the public halves of keys that do not sign, and whose tokens may still be met. */
  readonly jwtPreviousKeys: readonly string[]
}

export interface Rotation {
  /** Of the key that signs from now on, and of the one that signed until now. */
  readonly newKeyId: string
  readonly oldKeyId: string
  /** Until when tokens of the old one are good. */
  readonly until: Date
}

export const JWT_KEY_FILE = 'jwt-private-key.pem'
const PREVIOUS = 'jwt-previous-keys'
const PREVIOUS_FILE = /^(\d+)\..+\.pem$/

/** The life of an access token, and five minutes for processes that notice late and clocks that differ. */
const KEPT_MS = (30 + 5) * 60 * 1_000

/** What lies in the folder. The private key is read first: whatever replaces it meanwhile leaves its public half behind before. */
export async function readJwtKeys(folder: string, now: Date): Promise<JwtKeys> {
  const jwtPrivateKey = checkedPrivateKey((await readFile(join(folder, JWT_KEY_FILE), 'utf8')).trim())
  const names = (await namesOfPrevious(folder)).filter((name) => endOf(name) > now.getTime())
  const pems = await Promise.all(names.map((name) => readIfThere(join(folder, PREVIOUS, name))))
  return { jwtPrivateKey, jwtPreviousKeys: pems.filter((pem) => pem !== null).map(checkedPublicKey) }
}

/**
 * Puts a new key in the place of the one that signs. Rotations at once need no lock: each leaves the public halves of both its keys
 * behind before it puts its own in place, so whichever signed for a moment, its tokens are known.
 * @throws ConfigError when there is no key yet
 */
export async function rotateJwtKeys(folder: string, now: Date): Promise<Rotation> {
  const path = join(folder, JWT_KEY_FILE)
  const current = await readIfThere(path)
  if (current === null)
    throw new ConfigError([
      `there is no key at ${path}. Where it is in JWT_PRIVATE_KEY, set that for this command too; otherwise npm start makes one.`,
    ])
  const old = publicHalf(checkedPrivateKey(current))
  const made = await makeRsaKey()
  const until = new Date(now.getTime() + KEPT_MS)
  await mkdir(join(folder, PREVIOUS), { recursive: true, mode: 0o700 })
  for (const pem of [old, publicHalf(made)])
    await replaceFile(join(folder, PREVIOUS, `${until.getTime()}.${idOf(pem)}.pem`), pem)
  await replaceFile(path, made)
  await dropExpired(folder, now)
  return { newKeyId: idOf(made), oldKeyId: idOf(old), until }
}

const idOf = (pem: string): string => keyId(createPublicKey(pem))

const endOf = (name: string): number => Number(PREVIOUS_FILE.exec(name)?.[1] ?? 0)

async function namesOfPrevious(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, PREVIOUS)).catch(ifMissing([]))
  return names.filter((name) => PREVIOUS_FILE.test(name))
}

const readIfThere = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(ifMissing(null))

const ifMissing =
  <Value>(value: Value) =>
  (error: NodeJS.ErrnoException): Value => {
    if (error.code !== 'ENOENT') throw error
    return value
  }

/** A reader finds the old text or the new, never a part, and after a loss of power too. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(draft, text, { flag: 'wx', mode: 0o600, flush: true })
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}

async function dropExpired(folder: string, now: Date): Promise<void> {
  for (const name of await namesOfPrevious(folder))
    if (endOf(name) <= now.getTime()) await rm(join(folder, PREVIOUS, name), { force: true })
}
