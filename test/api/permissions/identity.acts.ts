import { randomInt } from 'node:crypto'
import { signTelegramLogin, telegramResult, telegramState } from '../../simulators/telegram-login.js'
import { TestClient } from '../../testkit/client.js'
import type { TestServer } from '../../testkit/server.js'
import { PASSWORD, REQUEST_RESET, REQUEST_VERIFICATION, START_PHONE_LOGIN } from '../auth/operations.js'
import { awaitMessage, awaitToken, SUBJECTS } from '../auth/outbox.js'
import { newAddress } from '../auth/people.js'
import { START_PROVIDER_LOGIN } from '../auth/provider-desk.js'
import { CONFIRM, codeOf, ENROLL, type Enrolled, openChallenges } from '../auth/second-factors.js'
import type { Acts } from './acts.js'
import type { Caller } from './cast.js'
import type { World } from './world.js'

const NO_CODE = '000000'

/** The code that confirms a factor of the caller's, where they may have one at all. */
async function enrollmentCode({ server }: World, { token }: Caller): Promise<string> {
  const { data } = await new TestClient(server, token).ask<{ enrollTwoFactor: Enrolled } | null>(ENROLL)
  return data ? codeOf(data.enrollTwoFactor.secret, server.platform.clock) : NO_CODE
}

/** Gives the caller a second factor, where they may have one. @returns what ends it */
export async function confirmSecondFactor(world: World, caller: Caller): Promise<string> {
  const code = await enrollmentCode(world, caller)
  const confirmation = { code }
  const { data } = await new TestClient(world.server, caller.token).ask<{ confirmTwoFactor: string[] }>(
    CONFIRM,
    confirmation,
  )
  return data?.confirmTwoFactor[0] ?? NO_CODE
}

const newPhone = (): string => `+7999${String(randomInt(10 ** 7)).padStart(7, '0')}`

const atTelegram = ({ platform }: TestServer) => ({
  provider: 'TELEGRAM',
  redirectUri: `${platform.config.publicUrl}/`,
})

const newcomer = () => ({ input: { email: newAddress(), password: PASSWORD } })

export const identityActs: Acts = {
  'Query.me': {},
  'Query.user': { args: ({ cast }) => ({ id: cast.owner.id }) },
  'Mutation.register': { args: newcomer },
  // Each its own account: a login is limited by account.
  'Mutation.login': {
    args: async ({ casting }) => ({ input: { email: (await casting.enter('other')).email, password: PASSWORD } }),
  },
  'Mutation.refreshToken': {
    args: async ({ casting }) => ({ refreshToken: (await casting.enter('other')).refreshToken }),
  },
  'Mutation.logout': { usesUpCaller: true },
  'Query.sessions': {},
  // Another one of the owner's.
  'Mutation.revokeSession': {
    args: async ({ casting, cast }) => ({ id: (await casting.signIn(cast.owner.id)).sessionId }),
  },
  'Mutation.revokeOtherSessions': { usesUpCaller: true },
  'Mutation.startGuestSession': {},
  'Mutation.upgradeGuest': { args: newcomer, usesUpCaller: true },
  'Mutation.deleteAccount': { args: () => ({ password: PASSWORD }), usesUpCaller: true },
  'Mutation.startPhoneLogin': { args: () => ({ phone: newPhone() }) },
  'Mutation.completePhoneLogin': {
    args: async ({ server }) => {
      const phone = newPhone()
      await new TestClient(server).get(START_PHONE_LOGIN, { phone })
      const { text } = await awaitMessage(server, phone)
      return { phone, code: /\d{6}/.exec(text)?.[0] ?? NO_CODE }
    },
  },
  'Query.identityProviders': {},
  'Mutation.startProviderLogin': { args: ({ server }) => atTelegram(server) },
  'Mutation.completeProviderLogin': {
    args: async ({ server }) => {
      const { startProviderLogin } = await new TestClient(server).get<{ startProviderLogin: string }>(
        START_PROVIDER_LOGIN,
        atTelegram(server),
      )
      const auth_date = Math.floor(server.platform.clock.now().getTime() / 1_000)
      const result = signTelegramLogin({ id: randomInt(10 ** 12), first_name: 'Олег', auth_date })
      return { provider: 'TELEGRAM', code: telegramResult(result), state: telegramState(startProviderLogin) }
    },
  },
  'Query.emailAvailable': { args: () => ({ email: newAddress() }) },
  'Mutation.updateProfile': { args: () => ({ input: {} }) },
  'Mutation.requestEmailVerification': {},
  'Mutation.verifyEmail': {
    args: async ({ server, casting }) => {
      const { email, token } = await casting.enter('other')
      await new TestClient(server, token).get(REQUEST_VERIFICATION)
      return { token: await awaitToken(server, email, SUBJECTS.verify) }
    },
  },
  'Mutation.changePassword': {
    args: () => ({ current: PASSWORD, password: 'Another-secret-2' }),
    usesUpCaller: true,
  },
  'Mutation.requestPasswordReset': { args: () => ({ email: newAddress() }) },
  'Mutation.resetPassword': {
    args: async ({ server, casting }) => {
      const { email } = await casting.enter('other')
      await new TestClient(server).get(REQUEST_RESET, { email })
      return { token: await awaitToken(server, email, SUBJECTS.reset), password: 'Another-secret-2' }
    },
  },
  'Mutation.enrollTwoFactor': { usesUpCaller: true },
  'Mutation.confirmTwoFactor': {
    args: async (world, caller) => ({ code: await enrollmentCode(world, caller) }),
    usesUpCaller: true,
  },
  'Mutation.disableTwoFactor': {
    args: async (world, caller) => ({ code: await confirmSecondFactor(world, caller) }),
    usesUpCaller: true,
  },
  'Mutation.completeTwoFactorLogin': {
    args: async (world) => {
      const holder = await world.casting.enter('other')
      const code = await confirmSecondFactor(world, holder)
      const [challenge = ''] = await openChallenges(world.server, holder.id, 1, world.server.platform.clock)
      return { challenge, code }
    },
  },
  'Query.factoryKeys': { args: ({ workplaces }) => ({ factoryId: workplaces.own }) },
  // Not the factory whose keys are handed out to callers: it would have too many.
  'Mutation.issueFactoryKey': { args: ({ workplaces }) => ({ factoryId: workplaces.foreign }) },
  'Mutation.revokeFactoryKey': {
    args: async ({ casting }) => ({ id: (await casting.enter('key')).sessionId }),
  },
  'Mutation.setUserRole': {
    args: async ({ casting }) => ({ userId: (await casting.enter('other')).id, role: 'MANAGER' }),
  },
  'Mutation.setUserBlocked': {
    args: async ({ casting }) => ({ userId: (await casting.enter('other')).id, blocked: true }),
  },
}
