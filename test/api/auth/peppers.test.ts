import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readEnvironment } from '../../../src/platform/config/environment.js'
import { loadSecrets } from '../../../src/platform/config/secrets.js'
import { createLogger } from '../../../src/platform/observability/logger.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer, type TestServer } from '../../testkit/server.js'
import { temporaryFolder } from '../../testkit/temporary-folder.js'
import { LOGIN, PASSWORD } from './operations.js'
import { newAddress, registerSomebody } from './people.js'

const makePepper = () => randomBytes(32).toString('hex')
const [old, current] = [makePepper(), makePepper()]

async function peppers(now: string, ...before: string[]) {
  const environment = readEnvironment({ PASSWORD_PEPPER: now, PREVIOUS_PASSWORD_PEPPERS: before.join(',') })
  return { passwordPeppers: (await loadSecrets(environment, temporaryFolder())).passwordPeppers }
}

const before = await startTestServer({ secrets: await peppers(old) })
const { databaseUrl } = before
const { prisma } = before.platform.database
const login = (server: TestServer, email: string) =>
  new TestClient(server).codeOf(LOGIN, { input: { email, password: PASSWORD } })
const versionOf = async (userId: string) =>
  (await prisma.credential.findUniqueOrThrow({ where: { userId } })).pepperVersion

describe('a new pepper', { timeout: 60_000 }, () => {
  it('lets everybody in whose password was made with the old one, and takes it over', async () => {
    const email = newAddress()
    const { user } = await registerSomebody(before, email)
    expect(await versionOf(user.id)).toBe(1)
    const after = await startTestServer({ databaseUrl, secrets: await peppers(current, old) })
    expect(await login(after, email)).toBe('ok')
    expect(await versionOf(user.id)).toBe(2)
    expect(await login(after, email)).toBe('ok')
    await after.close()
  })

  it('without the old one lets nobody in', async () => {
    const email = newAddress()
    await registerSomebody(before, email)
    const forgetful = await startTestServer({ databaseUrl, secrets: await peppers(current) })
    expect(await login(forgetful, email)).toBe('UNAUTHENTICATED')
    await forgetful.close()
  })

  it('that was taken back lets nobody in whose password was made with it, and only the log says why', async () => {
    const email = newAddress()
    const both = await startTestServer({ databaseUrl, secrets: await peppers(current, old) })
    await registerSomebody(both, email)
    const lines: string[] = []
    const log = createLogger('error', { write: (line) => void lines.push(line) })
    const forgetful = await startTestServer({ databaseUrl, secrets: await peppers(old), log })
    expect([await login(forgetful, email), await login(forgetful, newAddress())]).toEqual(
      Array(2).fill('UNAUTHENTICATED'),
    )
    await Promise.all([both.close(), forgetful.close()])
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { level: 'error', pepperVersion: 2, msg: expect.stringContaining('PREVIOUS_PASSWORD_PEPPERS') },
    ])
  })
})
