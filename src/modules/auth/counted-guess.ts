import type { TryLimit } from '../../platform/limits/rate-limits.js'

/**
 * Runs what judges a code or a token, so that only wrong ones count towards the limit. Each is counted before it is judged, or parallel guesses would all
 * get through; a right one is given back.
 *
 * @param judge null when it was wrong
 * @throws RATE_LIMITED, and then nothing was judged
 */
export async function countedGuess<Result>(
  limit: TryLimit,
  ip: string | null,
  account: string | null,
  judge: () => Promise<Result | null>,
): Promise<Result | null> {
  await limit.take(ip, account)
  const result = await judge()
  if (result !== null) await limit.giveBack(ip, account)
  return result
}
