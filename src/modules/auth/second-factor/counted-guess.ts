import type { TryLimit } from '../../../platform/limits/rate-limits.js'

/**
 * Runs what judges a code, so that only wrong ones count towards the limit. Each is counted before it is judged, or parallel guesses would all
 * get through; a right one is given back.
 *
 * @param judge null when the code was wrong
 * @throws RATE_LIMITED, and then nothing was judged
 */
export async function countedGuess<Result>(
  limit: TryLimit,
  ip: string | null,
  userId: string,
  judge: () => Promise<Result | null>,
): Promise<Result | null> {
  await limit.take(ip, userId)
  const result = await judge()
  if (result !== null) await limit.giveBack(ip, userId)
  return result
}
