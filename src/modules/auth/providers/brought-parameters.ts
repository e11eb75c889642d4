import type { ProviderVisit } from './provider-client.js'
import { ProviderRefusal } from './provider-failure.js'

/**
 * What the provider added to the redirect URI: the code alone, or the whole query that it stands in, which some need
 * more of than the code.
 * @throws ProviderRefusal when the query is that of another visit
 */
export function broughtParameters(brought: string, { state }: Pick<ProviderVisit, 'state'>): URLSearchParams {
  const isQuery = /(^|[?&])(code|error)=/.test(brought)
  const parameters = new URLSearchParams(isQuery ? brought : { code: brought })
  if (parameters.getAll('state').some((other) => other !== state))
    throw new ProviderRefusal('the query has another state')
  parameters.set('state', state)
  return parameters
}
