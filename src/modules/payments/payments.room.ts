import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { BalanceProvider } from './balance/balance-provider.js'
import { Deposit } from './balance/deposit.service.js'
import { DepositSettlement } from './balance/deposit-settlement.js'
import { isOpen } from './is-open.js'
import { LedgerQuery } from './ledger/ledger.query.js'
import { SaleShares } from './ledger/sale-shares.js'
import { UserMoneyResolver } from './ledger/user-money.resolver.js'
import { addMoneyToUsers } from './ledger/user-money.shape.js'
import { PaymentQuery } from './payment.query.js'
import { PaymentResolver } from './payment.resolver.js'
import { PaymentCancellation } from './payment-cancellation.service.js'
import { PaymentCapture } from './payment-capture.service.js'
import { PaymentCheck } from './payment-check.service.js'
import { PaymentForgetting } from './payment-forgetting.js'
import { PaymentOpening } from './payment-opening.service.js'
import { PaymentProviders } from './payment-providers.js'
import { PaymentSettlement } from './payment-settlement.service.js'
import { PaymentStart } from './payment-start.service.js'
import { paymentJobs } from './payments.jobs.js'
import type { Payments } from './payments.js'
import { PaymentRefund } from './refunds/payment-refund.service.js'
import { RefundReturn } from './refunds/refund-return.service.js'
import { RefundSettlement } from './refunds/refund-settlement.service.js'
import { StaffRefund } from './refunds/staff-refund.service.js'
import { SandboxBooks } from './sandbox/sandbox-books.js'
import { sandboxCheckoutRoutes } from './sandbox/sandbox-checkout.routes.js'
import { SandboxLinks } from './sandbox/sandbox-links.js'
import { SandboxProvider } from './sandbox/sandbox-provider.js'
import { sandboxWebhookJob } from './sandbox/sandbox-webhook.job.js'
import { SettlementHandlers } from './settlement-handler.js'
import { createStripeCorner } from './stripe/stripe.corner.js'
import { webhookRoutes } from './webhooks/webhook.routes.js'
import { WebhookInbox } from './webhooks/webhook-inbox.js'
import { WebhookRetry } from './webhooks/webhook-retry.service.js'
import { WebhookSettlement } from './webhooks/webhook-settlement.service.js'
import { createYooKassaCorner } from './yookassa/yookassa.corner.js'

export interface PaymentsDependencies {
  /** Where this process listens, without a trailing slash: the sandbox sends its webhooks there. Asked when one is sent. */
  readonly webhookBase: () => string
}

addMoneyToUsers()

/** Money: attempts to pay, webhooks, refunds and the ledger. What is bought, the rooms above know. */
export function createPaymentsRoom(
  platform: Platform,
  { webhookBase }: PaymentsDependencies,
): Room & { payments: Payments; query: PaymentQuery; webhookRetry: WebhookRetry } {
  const { config, secrets, clock } = platform
  const books = new SandboxBooks(platform)
  const links = new SandboxLinks(config.publicUrl, secrets.sandboxWebhookKey)
  const sandbox = new SandboxProvider(books, links, secrets.sandboxWebhookKey)
  const yookassa = createYooKassaCorner(platform)
  const stripe = createStripeCorner(platform)
  // Those to prefer first: YooKassa, which takes roubles alone, then Stripe, and the sandbox where there is nothing else. The
  // balance is there for who asks for it.
  const providers = new PaymentProviders([
    ...yookassa.adapters,
    ...stripe.adapters,
    ...(config.sandboxPayments ? [sandbox] : []),
    new BalanceProvider(platform.database),
  ])
  const handlers = new SettlementHandlers()
  handlers.register('DEPOSIT', new DepositSettlement())
  const query = new PaymentQuery(platform)
  const shares = new SaleShares(platform, handlers)
  const settlement = new PaymentSettlement(platform, handlers, shares)
  const opening = new PaymentOpening(platform, providers, settlement)
  const starting = new PaymentStart(platform, providers, handlers, opening)
  const refunds = new PaymentRefund(platform)
  const refundSettlement = new RefundSettlement(platform, providers, handlers, shares)
  const returns = new RefundReturn(platform, providers, { handlers, shares })
  const captures = new PaymentCapture(platform, providers, settlement)
  const checks = new PaymentCheck(platform, providers, opening, settlement, captures)
  const cancellation = new PaymentCancellation(platform, providers, settlement, query)
  const forgetting = new PaymentForgetting(platform, cancellation)
  const webhooks = new WebhookSettlement(platform, providers, settlement, refundSettlement, returns)
  const inboxRoutes = webhookRoutes({ platform, providers, inbox: new WebhookInbox(platform) })
  const checkoutRoutes = sandboxCheckoutRoutes({ platform, books, links })
  return {
    resolvers: [
      new PaymentResolver(query, {
        deposit: new Deposit(platform, starting),
        cancellation,
        refund: new StaffRefund(platform, handlers),
      }),
      new UserMoneyResolver(new LedgerQuery(platform)),
    ],
    query,
    webhookRetry: new WebhookRetry(platform),
    jobs: {
      [paymentJobs.settle]: (payload, context) => webhooks.handle(payload, context),
      [paymentJobs.refund]: (payload) => refundSettlement.carryOut(payload),
      [paymentJobs.capture]: (payload) => captures.capture(payload),
      [paymentJobs.check]: (payload) => checks.check(payload),
      [paymentJobs.reconcile]: () => checks.reconcile(),
      [paymentJobs.cancel]: (payload) => cancellation.finishCancellation(payload),
      [paymentJobs.expire]: (payload) => cancellation.expire(payload),
      [paymentJobs.sandboxWebhook]: sandboxWebhookJob({ clock, key: secrets.sandboxWebhookKey, webhookBase }),
    },
    crontab: [`* * * * * ${paymentJobs.reconcile} ?max=1`],
    routes(app) {
      inboxRoutes(app)
      if (config.sandboxPayments) checkoutRoutes(app)
    },
    close: async () => void (await Promise.all([yookassa.close(), stripe.close()])),
    forget: (tx, userId) => forgetting.forget(tx, userId),
    payments: {
      start: (payer, request) => starting.start(payer, request),
      refund: (tx, request) => refunds.request(tx, request),
      cancelPending: (tx, purpose, referenceId) => cancellation.cancelPending(tx, purpose, referenceId),
      shareSale: (tx, sale) => shares.share(tx, sale),
      isOpen: (tx, purpose, referenceId) => isOpen(tx, purpose, referenceId),
      canCharge: (provider) => providers.canCharge(provider),
      handle: (purpose, handler) => handlers.register(purpose, handler),
      onNews: (listener) => handlers.onNews(listener),
    },
  }
}
