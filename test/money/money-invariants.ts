import type { Payment } from '../../src/generated/prisma/client.js'
import { checkLedger } from '../../src/modules/payments/index.js'
import type { Scene, SceneOrder } from './money-scene.js'
import type { MoneyWorld } from './money-world.js'

type Broken = string[]

const SOLD = new Set(['PAID', 'PRODUCTION', 'SHIPPED', 'COMPLETED'])

/** Everything about money that is not as it has to be, once there is peace. Empty when all is well. */
export async function brokenInvariants(world: MoneyWorld, scene: Scene): Promise<Broken> {
  const payments = await world.database.prisma.payment.findMany({
    where: { userId: { in: scene.customers.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  })
  const unwanted = await unwantedOf(world, payments)
  const broken = [
    ...unwantedKept(payments, unwanted),
    ...(await ledgerFaults(world)),
    ...(await Promise.all(payments.map((payment) => atProvider(world, payment)))).flat(),
  ]
  for (const order of scene.orders)
    broken.push(
      ...(await orderFaults(world, order, {
        payments: payments.filter(({ referenceId }) => referenceId === order.id),
        unwanted,
      })),
    )
  return broken
}

/** What holds for the whole ledger, whoever moved what. */
async function ledgerFaults({ database: { pool } }: MoneyWorld): Promise<Broken> {
  const difference = await checkLedger(pool)
  const { rows } = await pool.query<{ fault: string }>(`
    select 'the ledger transaction ' || transaction_id || ' sums to ' || sum(amount) as fault
      from ledger_lines group by transaction_id having sum(amount) <> 0
    union all
    select 'the line ' || id || ' says ' || balance_after || ' where the account holds ' || expected
      from (select id, balance_after, sum(amount) over (partition by account_id order by id) as expected from ledger_lines) line
      where balance_after <> expected
    union all
    select 'a balance of ' || a.owner_id || ' was ' || l.balance_after
      from ledger_lines l join ledger_accounts a on a.id = l.account_id where a.kind = 'CUSTOMER_BALANCE' and l.balance_after < 0
    union all
    select 'customer ' || a.owner_id || ' is still owed ' || sum(l.amount)
      from ledger_lines l join ledger_accounts a on a.id = l.account_id where a.kind = 'CUSTOMER_RECEIVABLE'
      group by a.owner_id having sum(l.amount) <> 0
    union all
    select 'payment ' || id || ' gave back ' || refunded_amount || ' of ' || amount from payments
      where refunded_amount < 0 or refunded_amount > amount
    union all
    select 'payment ' || p.id || ' gave back ' || p.refunded_amount || ', its refunds ' || coalesce(sum(r.amount), 0)
      from payments p left join refunds r on r.payment_id = p.id and r.status = 'SUCCEEDED'
      group by p.id having p.refunded_amount <> coalesce(sum(r.amount), 0)`)
  return [...(difference ? [JSON.stringify(difference)] : []), ...rows.map(({ fault }) => fault)]
}

/** Payments that bought nothing when they came in. */
async function unwantedOf({ database: { prisma } }: MoneyWorld, payments: readonly Payment[]): Promise<Set<string>> {
  const lines = await prisma.ledgerLine.findMany({
    where: {
      amount: { gt: 0n },
      account: { kind: 'CUSTOMER_RECEIVABLE' },
      transaction: {
        paymentId: { in: payments.map(({ id }) => id) },
        kind: { in: ['ORDER_PAYMENT', 'PLAN_PURCHASE', 'DEPOSIT'] },
      },
    },
    select: { transaction: { select: { paymentId: true } } },
  })
  return new Set(lines.flatMap(({ transaction: { paymentId } }) => paymentId ?? []))
}

const unwantedKept = (payments: readonly Payment[], unwanted: ReadonlySet<string>): Broken =>
  payments
    .filter(({ id, amount, refundedAmount }) => unwanted.has(id) && refundedAmount !== amount)
    .map(({ id }) => `payment ${id} bought nothing, and some of it is kept`)

/** Our books of a payment beside its provider's own. */
async function atProvider(world: MoneyWorld, payment: Payment): Promise<Broken> {
  const { id, provider, status, amount, refundedAmount } = payment
  // Its books are the ledger.
  if (provider === 'BALANCE') return []
  const name = `${provider} payment ${id} (${status})`
  const { made, isPaid, givenBack } = await theirBooks(world, payment)
  const broken: Broken = []
  if (made > 1) broken.push(`${name} exists ${made} times there`)
  if (isPaid !== (payment.paidAt !== null)) broken.push(`${name} is ${isPaid ? '' : 'not '}paid there`)
  if (givenBack !== refundedAmount) broken.push(`${name} has given back ${refundedAmount}, there ${givenBack}`)
  const { rows } = await world.database.pool.query<{ sum: string }>(
    `select coalesce(sum(l.amount), 0)::text as sum from ledger_lines l
       join ledger_accounts a on a.id = l.account_id join ledger_transactions t on t.id = l.transaction_id
     where t.payment_id = $1 and a.kind = 'PROVIDER_CLEARING'`,
    [id],
  )
  const kept = isPaid ? amount - givenBack : 0n
  if (BigInt(rows[0]?.sum ?? 0) !== -kept) broken.push(`${name}: ${kept} are kept there, and ${rows[0]?.sum} booked`)
  return broken
}

async function theirBooks({ simulators, database: { prisma } }: MoneyWorld, { provider, idempotenceKey }: Payment) {
  if (provider === 'SANDBOX') {
    const there = await prisma.sandboxPayment.findUnique({ where: { idempotenceKey }, include: { refunds: true } })
    const givenBack = (there?.refunds ?? []).reduce((sum, { amount }) => sum + amount, 0n)
    return { made: there ? 1 : 0, isPaid: there?.status === 'SUCCEEDED', givenBack }
  }
  const simulator = simulators[provider as keyof typeof simulators]
  const there = simulator.paymentsOf(idempotenceKey)
  const paid = there.filter(({ isPaid }) => isPaid)
  const givenBack = paid.reduce((sum, { id }) => sum + BigInt(simulator.refundedOf(id)), 0n)
  return { made: there.length, isPaid: paid.length > 0, givenBack }
}

interface Attempts {
  readonly payments: readonly Payment[]
  readonly unwanted: ReadonlySet<string>
}

async function orderFaults(
  { database: { prisma } }: MoneyWorld,
  { id, chosen, refundKeys }: SceneOrder,
  { payments, unwanted }: Attempts,
): Promise<Broken> {
  const { status, totalAmount, events } = await prisma.order.findUniqueOrThrow({
    where: { id },
    include: { events: { where: { toStatus: 'CANCELLED', type: 'STATUS_CHANGED' } } },
  })
  const name = `the order ${id} (${status})`
  const paid = payments.filter(({ paidAt }) => paidAt !== null)
  const bought = paid.filter((payment) => !unwanted.has(payment.id))
  const broken: Broken = []
  if (bought.length > 1) broken.push(`${name} was bought ${bought.length} times`)
  if (SOLD.has(status) !== (bought.length === 1 && status !== 'CANCELLED'))
    broken.push(`${name} was bought ${bought.length} times`)
  const given = bought.reduce((sum, { refundedAmount }) => sum + refundedAmount, 0n)
  const hasRefunds = refundKeys.length > 0
  if (SOLD.has(status) && given > 0n && !hasRefunds)
    broken.push(`${name} was called off by nobody, and ${given} went back`)
  if (status !== 'CANCELLED' || bought.length === 0) return broken
  const parts = events.some(({ fromStatus }) => fromStatus === 'PRODUCTION') ? chosen : []
  const allowed = [totalAmount, ...parts.map((part) => (part === null ? totalAmount : BigInt(part)))]
  // What staff gave back before comes on top of it.
  if (hasRefunds ? !allowed.some((least) => given >= least) : !allowed.includes(given))
    broken.push(`${name}: ${given} of ${totalAmount} went back, chosen was ${parts.join()}`)
  return broken
}
