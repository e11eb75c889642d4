const LIMIT_MS = 5_000

/** A provider cannot be asked now. Whether the visitor is who they say is not known. */
export class ProviderOutage extends Error {
  override readonly name = 'ProviderOutage'
}

/** Whether an outage is what lies under an error. */
export function isOutage(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof ProviderOutage) return true
  return false
}

interface Options {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

/**
 * Fetches the whole of an answer, within five seconds.
 * @throws ProviderOutage when there is none, and for those that say that the server is unwell or wants to be left alone
 */
export async function providerFetch(url: string, { method = 'GET', headers = {}, body }: Options): Promise<Response> {
  try {
    const options = { method, headers, body: body as BodyInit | null, redirect: 'manual' } as const
    const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(LIMIT_MS) })
    const { status } = answer
    // Read here, where the time is limited. Nothing that is asked for comes without a body, so a status that has none
    // is unwell too.
    const whole = new Response(await answer.arrayBuffer(), { status, headers: answer.headers })
    if (status >= 500 || status === 429) throw new ProviderOutage(`${new URL(url).host} answered ${status}`)
    return whole
  } catch (cause) {
    if (cause instanceof ProviderOutage) throw cause
    throw new ProviderOutage(`${new URL(url).host} did not answer`, { cause })
  }
}
