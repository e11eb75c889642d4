import { createPrivateKey, generateKeyPair, hkdfSync, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ConfigError } from './config-error.js'
import type { Environment } from './environment.js'

/** What must never leave the server. */
export interface Secrets {
  /** PKCS#8 PEM of the RSA key that signs access tokens. */
  readonly jwtPrivateKey: string
  /** PEM of the public halves of the keys that signed before it and may still be met. */
  readonly jwtPreviousKeys: readonly string[]
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
  const jwtPrivateKey = environment.JWT_PRIVATE_KEY ?? (await keep('jwt-private-key.pem', makeRsaKey))
  const pepper = environment.PASSWORD_PEPPER ?? (await keep('password-pepper', makeHexKey))
  const signing = Buffer.from(environment.SIGNING_SECRET ?? (await keep('signing-secret', makeHexKey)), 'hex')
  const peppers = [...environment.PREVIOUS_PASSWORD_PEPPERS, pepper].map((hex) => Buffer.from(hex, 'hex'))
  const byVersion = peppers.map((key, index) => [index + 1, key] as const)
  return {
    jwtPrivateKey: checkedRsaKey(jwtPrivateKey),
    jwtPreviousKeys: environment.JWT_PREVIOUS_KEYS ?? [],
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

async function makeRsaKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function checkedRsaKey(pem: string): string {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem)
    if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return pem
  } catch {
    // Told below: what the parser says of a private key is not for a log.
  }
  throw new ConfigError(['JWT_PRIVATE_KEY must be an RSA key of at least 2048 bits, as PKCS#8 PEM'])
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
