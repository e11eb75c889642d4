import { PASSWORD } from '../auth/operations.js'
import { newAddress } from '../auth/people.js'
import type { Acts } from './acts.js'

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
  'Mutation.startGuestSession': {},
  'Mutation.upgradeGuest': { args: newcomer, usesUpCaller: true },
}
