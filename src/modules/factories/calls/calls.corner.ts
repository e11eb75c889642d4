import type { OutboundCalls } from '../../../platform/outbound/outbound-calls.js'
import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import { CallDelivery } from './call-delivery.service.js'
import { CALL_FACTORY, requestCall } from './call-outbox.js'
import { CallOutcomes } from './call-outcomes.service.js'
import { pruneCalls } from './call-pruning.job.js'
import { CallRetry } from './call-retry.service.js'
import type { FactoryCalls, NewsTeller } from './factory-calls.js'
import { FactoryWebhookResolver } from './factory-webhook.resolver.js'
import { WebhookSecrets } from './webhook-secrets.service.js'

/** Webhooks of ours: how factories are told what happens to their orders. What there is to tell, the rooms above know. */
export function createCallsCorner(platform: Platform, outbound: OutboundCalls) {
  let teller: NewsTeller = () => Promise.resolve(null)
  const secrets = new WebhookSecrets(platform)
  const delivery = new CallDelivery({
    platform,
    outbound,
    secrets,
    outcomes: new CallOutcomes(platform),
    tell: (news) => teller(news),
  })
  const calls: FactoryCalls = {
    request: (tx, news) => requestCall(tx, platform, news),
    tellBy: (given) => {
      teller = given
    },
  }
  return {
    resolvers: [new FactoryWebhookResolver(secrets)],
    jobs: {
      [CALL_FACTORY]: (payload, context) => delivery.deliver(payload, context),
      'prune-factory-calls': pruneCalls(platform),
    },
    crontab: ['17 * * * * prune-factory-calls ?max=1'],
    calls,
    secrets,
    retry: new CallRetry(platform),
  } satisfies Room & { calls: FactoryCalls; secrets: WebhookSecrets; retry: CallRetry }
}
