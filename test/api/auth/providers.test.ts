import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { Visitor } from '../../simulators/visitor.js'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { ME } from './operations.js'
import { awaitLetter } from './outbox.js'
import { newAddress, registerSomebody } from './people.js'
import { broughtBy, openProviderDesk, REDIRECT_URI } from './provider-desk.js'

const desk = await openProviderDesk()
const { server } = desk
const { prisma } = server.platform.database
const identitiesOf = (userId: string | undefined) =>
  prisma.identity.findMany({ where: { userId: userId ?? newId() }, orderBy: { provider: 'asc' } })
const sessionsOf = (userId: string | undefined) => prisma.session.count({ where: { userId: userId ?? newId() } })

describe('the providers that are offered', () => {
  const OFFERED = 'query IdentityProviders { identityProviders { provider displayName } }'

  it('are those that are configured, by the names they are known by', async () => {
    expect(await new TestClient(server).get(OFFERED)).toEqual({
      identityProviders: [
        { provider: 'YANDEX', displayName: 'Яндекс ID' },
        { provider: 'VK', displayName: 'VK ID' },
        { provider: 'GOOGLE', displayName: 'Google' },
      ],
    })
    const bare = await startTestServer({
      env: { GOOGLE_CLIENT_ID: 'without-secret', VK_CLIENT_ID: '1', TELEGRAM_BOT_TOKEN: `1:${'x'.repeat(35)}` },
    })
    expect(await new TestClient(bare).get(OFFERED)).toEqual({
      identityProviders: [
        { provider: 'VK', displayName: 'VK ID' },
        { provider: 'TELEGRAM', displayName: 'Telegram' },
      ],
    })
    await bare.close()
  })

  it('alone can be visited', async () => {
    const variables = { provider: 'TELEGRAM', redirectUri: 'http://evil.example.test/' }
    const document = `mutation StartAtTelegram($provider: IdentityProvider!, $redirectUri: URL!) {
      startProviderLogin(provider: $provider, redirectUri: $redirectUri)
    }`
    const { errors } = await new TestClient(server).ask(document, variables)
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'provider' }, { path: 'redirectUri' }],
    })
    const { error } = await desk.complete({ code: 'x', state: 'y' }, undefined, 'TELEGRAM')
    expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'provider' }] })
  })
})

describe('coming back from a provider', () => {
  it('makes an account with the verified address and the name, and signs it in', async () => {
    const email = newAddress()
    const login = desk.newPerson({ email: email.toUpperCase(), email_verified: true, name: '  Анна\n Петрова ' })
    const { payload } = await desk.signIn(login)
    expect(payload).toMatchObject({
      requires2fa: false,
      user: { email, emailVerified: true, role: 'USER', isGuest: false },
    })
    expect(payload?.user.displayName).toBe('Анна Петрова')
    const { me } = await new TestClient(server, payload?.token.accessToken).get<{ me: { id: string } }>(ME)
    expect(me.id).toBe(payload?.user.id)
    expect(await identitiesOf(me.id)).toMatchObject([{ provider: 'GOOGLE', subject: login, lastProofAt: null }])
  })

  it('leads to the same account again, whatever became of the address there', async () => {
    const login = desk.newPerson()
    const first = await desk.signIn(login)
    desk.provider.people.set(login, { email: newAddress(), email_verified: true })
    const second = await desk.signIn(login)
    expect(second.payload?.user).toEqual(first.payload?.user)
    expect(await sessionsOf(first.payload?.user.id)).toBe(2)
  })

  it.each([
    ['unverified', { email: newAddress(), email_verified: false, name: 'Борис' }],
    ['absent', { name: 'Борис' }],
    ['verified by a word that is not true', { email: newAddress(), email_verified: 'true' as never, name: 'Борис' }],
  ])('with an address that is %s makes an account without one', async (_which, claims) => {
    const { payload } = await desk.signIn(desk.newPerson(claims))
    expect(payload?.user).toMatchObject({ email: null, emailVerified: false, displayName: 'Борис' })
  })

  it('takes the whole query too, and a name from the address when there is no other', async () => {
    const email = newAddress()
    const back = await new Visitor().visit(
      await desk.start(),
      REDIRECT_URI,
      desk.newPerson({ email, email_verified: true }),
    )
    const { state } = broughtBy(back)
    const { payload } = await desk.complete({ code: back.search, state })
    expect(payload?.user).toMatchObject({ email, displayName: email.split('@')[0] })
  })

  it('with no after all is UNAUTHENTICATED, whether the client sends the refusal or nothing', async () => {
    const back = await new Visitor().visit(await desk.start(), REDIRECT_URI, null)
    expect(back.searchParams.get('error')).toBe('access_denied')
    const { state } = broughtBy(back)
    expect((await desk.complete({ code: back.search, state })).code).toBe('UNAUTHENTICATED')
    const again = await new Visitor().visit(await desk.start(), REDIRECT_URI, null)
    expect((await desk.complete(broughtBy(again))).code).toBe('UNAUTHENTICATED')
  })

  it('is refused to a blocked account', async () => {
    const login = desk.newPerson()
    const { payload } = await desk.signIn(login)
    await prisma.user.update({ where: { id: payload?.user.id ?? '' }, data: { blockedAt: new Date() } })
    expect((await desk.signIn(login)).code).toBe('FORBIDDEN')
    expect(await sessionsOf(payload?.user.id)).toBe(1)
  })

  it('asks for the second factor of an account that has one', async () => {
    const login = desk.newPerson()
    const { payload } = await desk.signIn(login)
    const userId = payload?.user.id ?? ''
    const now = new Date()
    await prisma.secondFactor.create({ data: { userId, secret: new Uint8Array(1), confirmedAt: now, createdAt: now } })
    const second = await desk.signIn(login)
    expect(second.payload).toMatchObject({ user: null, token: null, requires2fa: true, challenge: expect.any(String) })
    expect(await sessionsOf(userId)).toBe(1)
  })
})

describe('an account with the same address', () => {
  it('is signed in to when both sides have verified it', async () => {
    const { user } = await registerSomebody(server)
    await prisma.user.update({ where: { id: user.id }, data: { emailVerifiedAt: new Date() } })
    const login = desk.newPerson({ email: user.email ?? '', email_verified: true, name: 'Somebody else' })
    const { payload } = await desk.signIn(login)
    expect(payload?.user).toMatchObject({ id: user.id, displayName: user.displayName })
    expect(await identitiesOf(user.id)).toHaveLength(1)
  })

  it('has one identity of a provider: a second one with its address is CONFLICT', async () => {
    const email = newAddress()
    const { payload } = await desk.signIn(desk.newPerson({ email, email_verified: true }))
    const { code } = await desk.signIn(desk.newPerson({ email, email_verified: true }))
    expect(code).toBe('CONFLICT')
    const elsewhere = desk.newPerson({ email, email_verified: true })
    expect((await desk.signIn(elsewhere, undefined, 'YANDEX')).payload?.user.id).toBe(payload?.user.id)
    expect(await identitiesOf(payload?.user.id)).toMatchObject([{ provider: 'YANDEX' }, { provider: 'GOOGLE' }])
  })
})

describe('somebody who is signed in', () => {
  it('links an identity to their account, and signs in with it from then on', async () => {
    const { id, client } = await openAccount(server)
    const login = desk.newPerson()
    const { payload } = await desk.signIn(login, client)
    expect(payload?.user.id).toBe(id)
    expect((await desk.signIn(login)).payload?.user.id).toBe(id)
    expect((await desk.signIn(login, client)).payload?.user.id).toBe(id)
    expect(await identitiesOf(id)).toHaveLength(1)
    const { email } = await prisma.user.findUniqueOrThrow({ where: { id } })
    await awaitLetter(server, email ?? '', 'Новый способ входа')
  })

  it('cannot link what is another account’s, nor a second one of a provider', async () => {
    const [anna, boris] = [await openAccount(server), await openAccount(server)]
    const login = desk.newPerson()
    await desk.signIn(login, anna.client)
    expect((await desk.signIn(login, boris.client)).code).toBe('CONFLICT')
    expect(await identitiesOf(boris.id)).toEqual([])
    expect((await desk.signIn(desk.newPerson(), anna.client)).code).toBe('CONFLICT')
    expect(await identitiesOf(anna.id)).toMatchObject([{ subject: login }])
  })

  it('who is a guest is told what to do instead', async () => {
    const { id, client } = await openAccount(server)
    await prisma.user.update({ where: { id }, data: { isGuest: true } })
    const document = `mutation StartAsGuest { startProviderLogin(provider: GOOGLE, redirectUri: "${REDIRECT_URI}") }`
    const { errors } = await client.ask(document)
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('upgradeGuest'),
      extensions: { code: 'FORBIDDEN' },
    })
  })
})

describe('many at once', () => {
  it('one visit completed twenty times is one account and one session', async () => {
    const login = desk.newPerson()
    const brought = await desk.bring(login)
    const results = await Promise.all(Array.from({ length: 20 }, () => desk.complete(brought)))
    const codes = results.map(({ code }) => code)
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1)
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(19)
    const identities = await prisma.identity.findMany({ where: { subject: login } })
    expect(identities).toHaveLength(1)
    expect(await sessionsOf(identities[0]?.userId)).toBe(1)
  })

  it('several first visits of one identity are one account', async () => {
    const login = desk.newPerson({ name: 'Вера' })
    const brought = await Promise.all(Array.from({ length: 6 }, () => desk.bring(login)))
    const results = await Promise.all(brought.map((one) => desk.complete(one)))
    expect(results.map(({ code }) => code)).toEqual(Array(6).fill('ok'))
    expect(new Set(results.map(({ payload }) => payload?.user.id)).size).toBe(1)
    expect(await prisma.user.count({ where: { displayName: 'Вера' } })).toBe(1)
  })

  it('first visits through several providers with one verified address are one account', async () => {
    const email = newAddress()
    const login = desk.newPerson({ email, email_verified: true })
    const providers = ['GOOGLE', 'YANDEX', 'VK'] as const
    const brought = await Promise.all(providers.map((name) => desk.bring(login, undefined, name)))
    const results = await Promise.all(brought.map((one, n) => desk.complete(one, undefined, providers[n])))
    expect(results.map(({ code }) => code)).toEqual(['ok', 'ok', 'ok'])
    expect(await prisma.user.count({ where: { email } })).toBe(1)
  })
})
