import { describe, expect, it } from 'vitest'
import type { AssetPurpose } from '../../../src/generated/prisma/enums.js'
import { newId } from '../../../src/kernel/ids.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { type Account, UPDATE_PROFILE } from './operations.js'
import { newAddress, registerSomebody, startGuest } from './people.js'

const server = await startTestServer()
const { prisma } = server.platform.database

interface Profile extends Account {
  readonly avatar: { readonly id: string } | null
}

async function somebody() {
  const { user, token } = await registerSomebody(server)
  return personOf(user.id, new TestClient(server, token.accessToken))
}

const personOf = (id: string, client: TestClient) => {
  const update = (input: object) => client.ask<{ updateProfile: Profile }>(UPDATE_PROFILE, { input })
  const wrong = async (input: object) =>
    (await update(input)).errors.flatMap(({ extensions }) =>
      (extensions.fields ?? []).map(({ path }) => `${extensions.code} ${path}`),
    )
  return { id, client, update, wrong }
}

async function picture(ownerId: string, purpose: AssetPurpose): Promise<string> {
  const id = newId()
  const file = { contentType: 'image/png', byteSize: 1, storageKey: `test/${id}`, sha256: '', createdAt: new Date() }
  await prisma.asset.create({ data: { id, ownerId, purpose, ...file } })
  return id
}

describe('a profile', () => {
  it('changes in what is given, and stays in the rest', async () => {
    const { update } = await somebody()
    const telegramId = newId()
    await update({ displayName: '  Анна  ', telegramId })
    expect((await update({ displayName: 'Anna' })).data?.updateProfile).toMatchObject({
      displayName: 'Anna',
      telegramId,
    })
    expect((await update({})).data?.updateProfile).toMatchObject({ displayName: 'Anna', telegramId })
    const { data } = await update({ telegramId: null })
    expect(data?.updateProfile).toMatchObject({ displayName: 'Anna', telegramId: null })
  })

  it('keeps a name and an address, and says so of both at once', async () => {
    const { wrong } = await somebody()
    expect(await wrong({ displayName: null, email: null })).toEqual([
      'BAD_USER_INPUT input.displayName',
      'BAD_USER_INPUT input.email',
    ])
    expect(await wrong({ displayName: '   ' })).toEqual(['BAD_USER_INPUT input.displayName'])
    expect(await wrong({ displayName: 'x'.repeat(101), telegramId: '', email: 'nobody', avatarId: 'x' })).toEqual(
      expect.arrayContaining([
        'BAD_USER_INPUT input.displayName',
        'BAD_USER_INPUT input.telegramId',
        'BAD_USER_INPUT input.email',
        'BAD_USER_INPUT input.avatarId',
      ]),
    )
  })

  it('shows a picture of one’s own, uploaded for it or drawn, and no other', async () => {
    const { id, update, wrong } = await somebody()
    const other = await somebody()
    for (const purpose of ['AVATAR', 'GENERATION'] as const) {
      const avatarId = await picture(id, purpose)
      expect((await update({ avatarId })).data?.updateProfile.avatar).toEqual({ id: avatarId })
    }
    for (const avatarId of [
      newId(),
      await picture(other.id, 'AVATAR'),
      await picture(id, 'CHAT_ATTACHMENT'),
      await picture(id, 'PRINT_FILE'),
    ])
      expect(await wrong({ avatarId, displayName: 'Not written' })).toEqual(['BAD_USER_INPUT input.avatarId'])
    expect((await update({})).data?.updateProfile).toMatchObject({ avatar: { id: expect.any(String) } })
    const { data } = await update({ avatarId: null })
    expect(data?.updateProfile.avatar).toBeNull()
    expect(data?.updateProfile.displayName).not.toBe('Not written')
  })

  it('with what another account has is a conflict that names it', async () => {
    const [first, second] = [await somebody(), await somebody()]
    const telegramId = newId()
    const email = newAddress()
    await first.update({ telegramId })
    await registerSomebody(server, email)
    expect(await second.wrong({ telegramId, email })).toEqual(['CONFLICT input.email', 'CONFLICT input.telegramId'])
    expect(await first.wrong({ telegramId })).toEqual([])
  })

  it('gets a Telegram id that fifty tries at once are after for one account alone', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, somebody))
    const telegramId = newId()
    const answers = await Promise.all(
      people.flatMap(({ wrong }) =>
        Array.from({ length: 5 }, (_, tries) => wrong({ telegramId, displayName: `${tries}` })),
      ),
    )
    expect(await prisma.user.count({ where: { telegramId } })).toBe(1)
    const refused = answers.filter((wrong) => wrong.length > 0)
    expect(refused.length).toBe(45)
    for (const wrong of refused) expect(wrong).toEqual(['CONFLICT input.telegramId'])
  })

  it('of a guest has a name and a picture, and no address', async () => {
    const { id, client } = await startGuest(server)
    const { update, wrong } = personOf(id, client)
    const avatarId = await picture(id, 'GENERATION')
    const { data } = await update({ displayName: 'Гость', avatarId })
    expect(data?.updateProfile).toMatchObject({ displayName: 'Гость', email: null, avatar: { id: avatarId } })
    expect(await wrong({ email: newAddress() })).toEqual(['BAD_USER_INPUT input.email'])
  })

  it('is no visitor’s to change', async () => {
    expect(await new TestClient(server).codeOf(UPDATE_PROFILE, { input: {} })).toBe('UNAUTHENTICATED')
  })
})
