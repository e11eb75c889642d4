import { hkdfSync, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from './environment.js'
import { JWT_KEY_FILE, type JwtKeys, readJwtKeys } from './jwt-key-files.js'
import { checkedPrivateKey, checkedPublicKey, makeRsaKey } from './rsa-keys.js'

/** What must never leave the server. */
export interface Secrets extends JwtKeys {
  /** Reads the keys of access tokens again, which may have been replaced. Absent where they come from the environment. */
  readonly readJwtKeysAgain?: (now: Date) => Promise<JwtKeys>
  /** HMAC keys for passwords, by version; the highest version is current. */
  readonly passwordPeppers: ReadonlyMap<number, Uint8Array>
  readonly cursorKey: Uint8Array
  readonly assetUrlKey: Uint8Array
  readonly sandboxWebhookKey: Uint8Array
  /** Of the hashes of codes that are too short for a plain hash. */
  readonly shortCodeKey: Uint8Array
  /** Of the refresh token that follows another. */
  readonly refreshKey: Uint8Array
  /** Of what is stored encrypted, by version, as the peppers they are made of. */
  readonly sealingKeys: ReadonlyMap<number, Uint8Array>
}

/** Secrets from the environment; those that are not there are made once and kept under `dataDir`, which replicas may share. */
export async function loadSecrets(environment: Environment, dataDir: string): Promise<Secrets> {
  const folder = join(dataDir, 'secrets')
  const keep = (name: string, make: () => Promise<string> | string) => keepSecret(folder, name, make)
  const pepper = environment.PASSWORD_PEPPER ?? (await keep('password-pepper', makeHexKey))
  const signing = Buffer.from(environment.SIGNING_SECRET ?? (await keep('signing-secret', makeHexKey)), 'hex')
  const peppers = [...environment.PREVIOUS_PASSWORD_PEPPERS, pepper].map((hex) => Buffer.from(hex, 'hex'))
  const byVersion = peppers.map((key, index) => [index + 1, key] as const)
  return {
    ...(await jwtKeys(environment, folder)),
    passwordPeppers: new Map(byVersion),
    sealingKeys: new Map(byVersion.map(([version, key]) => [version, derive(key, 'sealing')])),
    shortCodeKey: derive(signing, 'short-code'),
    refreshKey: derive(signing, 'refresh'),
    cursorKey: derive(signing, 'cursor'),
    assetUrlKey: derive(signing, 'asset-url'),
    sandboxWebhookKey: derive(signing, 'sandbox-webhook'),
  }
}

// One secret to keep, a key of its own for each use: a signature made for one can never pass for another.
const derive = (secret: Buffer, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', `adtime:${use}`, 32))

const makeHexKey = (): string => randomBytes(32).toString('hex')

async function jwtKeys(
  { JWT_PRIVATE_KEY, JWT_PREVIOUS_KEYS = [] }: Environment,
  folder: string,
): Promise<Pick<Secrets, keyof JwtKeys | 'readJwtKeysAgain'>> {
  const named = JWT_PREVIOUS_KEYS.map(checkedPublicKey)
  if (JWT_PRIVATE_KEY) return { jwtPrivateKey: checkedPrivateKey(JWT_PRIVATE_KEY), jwtPreviousKeys: named }
  await keepSecret(folder, JWT_KEY_FILE, makeRsaKey)
  const read = async (now: Date): Promise<JwtKeys> => {
    const { jwtPrivateKey, jwtPreviousKeys } = await readJwtKeys(folder, now)
    return { jwtPrivateKey, jwtPreviousKeys: [...jwtPreviousKeys, ...named] }
  }
  return { ...(await read(new Date())), readJwtKeysAgain: read }
}

/** `link` fails where the name is taken, so of replicas that start at once one makes the secret and the others read it. */
async function keepSecret(folder: string, name: string, make: () => Promise<string> | string): Promise<string> {
  const path = join(folder, name)
  const kept = await readFile(path, 'utf8').catch(() => null)
  if (kept !== null) return kept.trim()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, await make(), { mode: 0o600 })
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
  return (await readFile(path, 'utf8')).trim()
}
