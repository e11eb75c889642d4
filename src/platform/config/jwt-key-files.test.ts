import { createPublicKey } from 'node:crypto'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/testkit/temporary-folder.js'
import { JWT_KEY_FILE, type JwtKeys, readJwtKeys, rotateJwtKeys } from './jwt-key-files.js'
import { keyId, makeRsaKey, publicHalf } from './rsa-keys.js'

const now = new Date('2026-03-01T12:00:00Z')
const minutes = (count: number) => new Date(now.getTime() + count * 60_000)
const idOf = (publicPem: string) => keyId(createPublicKey(publicPem))
const signs = ({ jwtPrivateKey }: JwtKeys) => idOf(publicHalf(jwtPrivateKey))
const known = (keys: JwtKeys) => new Set([signs(keys), ...keys.jwtPreviousKeys.map(idOf)])

const root = temporaryFolder()
let folder: string
let folders = 0

beforeEach(async () => {
  folder = join(root, `${folders++}`, 'secrets')
  await mkdir(folder, { mode: 0o700, recursive: true })
  await writeFile(join(folder, JWT_KEY_FILE), await makeRsaKey(), { mode: 0o600 })
})

describe('rotating the keys of access tokens', () => {
  it('puts a new key in place and keeps the public half of the old one as long as its tokens live', async () => {
    const before = signs(await readJwtKeys(folder, now))
    const { newKeyId, oldKeyId, until } = await rotateJwtKeys(folder, now)
    expect(oldKeyId).toBe(before)
    expect(until).toEqual(minutes(35))
    const after = await readJwtKeys(folder, minutes(34))
    expect(signs(after)).toBe(newKeyId)
    expect(known(after)).toEqual(new Set([newKeyId, oldKeyId]))
    for (const pem of after.jwtPreviousKeys) expect(pem).not.toContain('PRIVATE')
    expect(known(await readJwtKeys(folder, minutes(35)))).toEqual(new Set([newKeyId]))
  })

  it('keeps each of several old keys for its own time, and drops their files at a later rotation', async () => {
    const first = await rotateJwtKeys(folder, now)
    const second = await rotateJwtKeys(folder, minutes(20))
    expect(known(await readJwtKeys(folder, minutes(34)))).toEqual(
      new Set([first.oldKeyId, first.newKeyId, second.newKeyId]),
    )
    expect(known(await readJwtKeys(folder, minutes(36)))).toEqual(new Set([first.newKeyId, second.newKeyId]))
    await rotateJwtKeys(folder, minutes(120))
    expect(await readdir(join(folder, 'jwt-previous-keys'))).toHaveLength(2)
  })

  it('leaves files that only their owner reads, and no drafts', async () => {
    await rotateJwtKeys(folder, now)
    const names = (await readdir(folder, { recursive: true })).sort()
    expect(names).toEqual([
      'jwt-previous-keys',
      ...names.filter((name) => /^jwt-previous-keys\/\d+\.[\w-]{43}\.pem$/.test(name)),
      JWT_KEY_FILE,
    ])
    expect((await stat(join(folder, JWT_KEY_FILE))).mode & 0o777).toBe(0o600)
  })

  it('ten times at once loses no key that anybody may have signed with', async () => {
    const seen = new Set<string>()
    const broken: unknown[] = []
    let isOver = false
    const reading = (async () => {
      while (!isOver) {
        const keys = await readJwtKeys(folder, now)
        const here = known(keys)
        // Whoever signed before is known to everybody that reads after.
        for (const id of seen) if (!here.has(id)) broken.push(id)
        seen.add(signs(keys))
      }
    })()
    const rotations = await Promise.all(Array.from({ length: 10 }, () => rotateJwtKeys(folder, now)))
    isOver = true
    await reading
    expect(broken).toEqual([])
    const after = await readJwtKeys(folder, now)
    const made = rotations.map(({ newKeyId }) => newKeyId)
    expect(made).toContain(signs(after))
    expect([...known(after)]).toEqual(expect.arrayContaining([...made, ...rotations.map(({ oldKeyId }) => oldKeyId)]))
  })

  it('is refused where there is no key, and where what lies there is none', async () => {
    await expect(rotateJwtKeys(root, now)).rejects.toThrow(/there is no key at .* set that for this/s)
    await writeFile(join(folder, JWT_KEY_FILE), 'rubbish')
    await expect(rotateJwtKeys(folder, now)).rejects.toThrow('JWT_PRIVATE_KEY must be an RSA key')
    await expect(readJwtKeys(folder, now)).rejects.toThrow('JWT_PRIVATE_KEY must be an RSA key')
  })
})
