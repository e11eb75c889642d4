import { join, resolve } from 'node:path'
import { ConfigError } from '../platform/config/config-error.js'
import { readJwtEnvironment } from '../platform/config/environment.js'
import { rotateJwtKeys } from '../platform/config/jwt-key-files.js'
import { newJwtVariables } from './jwt-variables.js'

// `npm run keys:rotate`: another key for access tokens, with those of the old one good until they expire.
try {
  const environment = readJwtEnvironment(process.env)
  const { JWT_PRIVATE_KEY, JWT_PREVIOUS_KEYS = [] } = environment
  if (JWT_PRIVATE_KEY) console.log(await newJwtVariables(JWT_PRIVATE_KEY, JWT_PREVIOUS_KEYS))
  else await rotateFiles(resolve(environment.DATA_DIR))
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exit(1)
}

async function rotateFiles(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'secrets')
  const { newKeyId, oldKeyId, until } = await rotateJwtKeys(folder, new Date())
  console.log(`A new key signs access tokens: ${newKeyId}
Servers that share ${dataDir} notice by themselves, within 5 seconds of being used.
Tokens of the old key ${oldKeyId} stay good until they expire: it is known until ${until.toISOString()}.
Refresh tokens and sessions are not touched. Had the old key been stolen, remove ${join(folder, 'jwt-previous-keys')}: its tokens
are then refused, and their holders refresh.`)
}
