import { generateKeyPairSync, randomBytes } from 'node:crypto'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** What a server in production has to be given. */
export const productionEnvironment: Readonly<Record<string, string>> = {
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  JWT_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  PASSWORD_PEPPER: randomBytes(32).toString('hex'),
  SIGNING_SECRET: randomBytes(32).toString('hex'),
}
