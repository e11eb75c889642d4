import { DomainError } from '../../../kernel/domain-error.js'
import type { Context } from '../../../platform/graphql/context.js'

const NAME = 'adtime_refresh'
/** As long as the token itself is good. */
const SECONDS = 7 * 24 * 60 * 60

/** Who calls; outside cookie mode they have no cookies, and nothing here does anything. */
type Caller = Pick<Context, 'cookies'>

/** What a caller presents: in cookie mode the cookie and nothing else, so that a page cannot be talked into another's token. */
export const presentedRefreshToken = ({ cookies }: Caller, argument: string): string =>
  cookies ? (cookies.get(NAME) ?? '') : argument

/** @returns the pair as the caller may see it: what lies in the cookie is not in the answer */
export function keepRefreshToken<Pair extends { readonly refreshToken: string }>(
  { cookies }: Caller,
  pair: Pair,
): Pair {
  if (!cookies) return pair
  cookies.set(NAME, pair.refreshToken, SECONDS)
  return { ...pair, refreshToken: '' }
}

/** For whatever ends the session that the caller came with. */
export const dropRefreshToken = ({ cookies }: Caller): void => cookies?.clear(NAME)

/** Drops a token that turned out to be no good; one that could not be tried is kept. */
export async function dropWhenRefused<Result>(caller: Caller, use: Promise<Result>): Promise<Result> {
  try {
    return await use
  } catch (error) {
    if (error instanceof DomainError && error.code === 'UNAUTHENTICATED') dropRefreshToken(caller)
    throw error
  }
}
