import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseEnv } from 'node:util'
import { decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { readEnvironment } from '../../src/platform/config/environment.js'
import { JWT_KEY_FILE } from '../../src/platform/config/jwt-key-files.js'
import { loadSecrets } from '../../src/platform/config/secrets.js'
import { openAccount } from '../testkit/account.js'
import { TestClient } from '../testkit/client.js'
import { productionEnvironment } from '../testkit/production.js'
import { RawSocket } from '../testkit/raw-socket.js'
import { startTestServer, type TestServer } from '../testkit/server.js'
import { temporaryFolder } from '../testkit/temporary-folder.js'

const ME = '{ me { id } }'
const { databaseUrl } = await startTestServer()

/** `npm run keys:rotate` as an operator runs it. */
async function rotate(env: Readonly<Record<string, string>>): Promise<{ code: number | null; said: string }> {
  const command = ['--import', 'tsx', 'src/app/keys-rotate.ts']
  const child = spawn(process.execPath, command, { env: { PATH: process.env.PATH, ...env }, stdio: 'pipe' })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, problems, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, said: out + problems }
}

const kidOf = (token: string) => String(decodeProtectedHeader(token).kid)
const newToken = async (server: TestServer) => (await openAccount(server)).client.token ?? ''
const accepts = async (server: TestServer, token: string) => (await new TestClient(server, token).codeOf(ME)) === 'ok'
async function published(server: TestServer): Promise<string[]> {
  const { keys } = (await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
  return keys.map(({ kid }) => kid)
}

describe('with keys under DATA_DIR', { timeout: 60_000 }, async () => {
  const dataDir = temporaryFolder()
  const replica = async () => {
    const secrets = await loadSecrets(readEnvironment({ DATA_DIR: dataDir }), dataDir)
    return startTestServer({ databaseUrl, secrets })
  }
  const [here, there] = [await replica(), await replica()]

  test('running servers take a new key, none refuses a token of another, and old tokens stay good', async () => {
    const before = await newToken(here)
    const { code, said } = await rotate({ DATA_DIR: dataDir })
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining(kidOf(before)) })
    let after = before
    await expect
      .poll(
        async () => {
          after = await newToken(here)
          return kidOf(after)
        },
        { timeout: 10_000, interval: 500 },
      )
      .not.toBe(kidOf(before))
    // The other one was asked nothing yet: it learns of the key from the token that names it.
    expect(await accepts(there, after)).toBe(true)
    expect(said).toContain(kidOf(after))
    for (const server of [here, there]) {
      expect(await accepts(server, before)).toBe(true)
      expect((await published(server)).sort()).toEqual([kidOf(before), kidOf(after)].sort())
    }
    const socket = await RawSocket.connect(there.url, before)
    expect(await socket.ask('me', { query: ME })).toMatchObject({
      payload: { data: { me: { id: expect.any(String) } } },
    })
    await socket.close()
    expect(said).not.toContain('PRIVATE')
  })

  test('two rotations at once, under load, refuse nobody', async () => {
    const tokens: string[] = [await newToken(here)]
    const refused: string[] = []
    let isOver = false
    const load = (async () => {
      while (!isOver) {
        const fresh = await newToken(here)
        if (!(await accepts(there, fresh))) refused.push(fresh)
        tokens.push(fresh)
      }
    })()
    const rotations = await Promise.all([rotate({ DATA_DIR: dataDir }), rotate({ DATA_DIR: dataDir })])
    await expect.poll(async () => new Set(tokens.map(kidOf)).size, { timeout: 15_000 }).toBeGreaterThan(1)
    isOver = true
    await load
    expect(rotations.map(({ code }) => code)).toEqual([0, 0])
    expect(refused).toEqual([])
    for (const token of tokens) expect(await accepts(there, token)).toBe(true)
    // A server that starts now knows them all, too.
    const late = await replica()
    for (const token of tokens) expect(await accepts(late, token)).toBe(true)
    await late.close()
    expect(await readFile(join(dataDir, 'secrets', JWT_KEY_FILE), 'utf8')).toContain('BEGIN PRIVATE KEY')
  })

  test('there must be one to replace', async () => {
    const { code, said } = await rotate({ DATA_DIR: join(dataDir, 'nothing') })
    expect(code).toBe(1)
    expect(said).toMatch(/^there is no key at .*JWT_PRIVATE_KEY, set that for this command too/)
  })
})

describe('with JWT_PRIVATE_KEY', { timeout: 60_000 }, () => {
  const { JWT_PRIVATE_KEY = '' } = productionEnvironment

  test('it prints what to set, in an order in which no process refuses a token of another', async () => {
    const { code, said } = await rotate({ JWT_PRIVATE_KEY, DATA_DIR: '/nonexistent' })
    expect(code).toBe(0)
    const [, first = '', second = ''] = said.split(/^# Step \d.*$/m)
    const steps = [{ JWT_PRIVATE_KEY }, { JWT_PRIVATE_KEY, ...parseEnv(first) }, { ...parseEnv(second) }]
    expect(Object.keys(steps[2] ?? {}).sort()).toEqual(['JWT_PREVIOUS_KEYS', 'JWT_PRIVATE_KEY'])
    const servers: TestServer[] = []
    for (const step of steps) {
      const secrets = await loadSecrets(readEnvironment({ ...productionEnvironment, ...step }), '/nonexistent')
      const { jwtPrivateKey, jwtPreviousKeys } = secrets
      const keys = { jwtPrivateKey, jwtPreviousKeys }
      servers.push(await startTestServer({ databaseUrl, secrets: keys }))
    }
    const tokens = await Promise.all(servers.map(newToken))
    const [old, knowing, signing] = servers as [TestServer, TestServer, TestServer]
    const [byOld = '', byKnowing = '', bySigning = ''] = tokens
    // Processes of one step meet those of the next.
    for (const server of [old, knowing])
      for (const token of [byOld, byKnowing]) expect(await accepts(server, token)).toBe(true)
    for (const server of [knowing, signing])
      for (const token of [byOld, byKnowing, bySigning]) expect(await accepts(server, token)).toBe(true)
    // What the first step is for.
    expect(await accepts(old, bySigning)).toBe(false)
    expect(kidOf(bySigning)).not.toBe(kidOf(byOld))
    expect((await published(signing)).sort()).toEqual([kidOf(byOld), kidOf(bySigning)].sort())
    await Promise.all(servers.map((server) => server.close()))
  })

  test('a key that is none, or that is too short, is refused by its name', async () => {
    const { code, said } = await rotate({ JWT_PRIVATE_KEY: 'rubbish' })
    expect(code).toBe(1)
    expect(said).toMatch(/^JWT_PRIVATE_KEY must be an RSA key as PKCS#8 PEM/)
    const secrets = loadSecrets(
      readEnvironment({
        JWT_PREVIOUS_KEYS: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
        JWT_PRIVATE_KEY,
      }),
      '/nonexistent',
    )
    await expect(secrets).rejects.toThrow('JWT_PREVIOUS_KEYS must be public RSA keys')
  })
})
