import { afterAll, expect, it } from 'vitest'
import { checkLedger } from '../../../src/modules/payments/index.js'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { ADVANCE, COMPLETE, PAY, SHIP } from './operations.js'
import { openOrderDesk, print } from './order-desk.js'

const desk = await openOrderDesk()
const factory = await desk.staffOf(await desk.addFactory())
const manager = await openAccount(desk.server, 'MANAGER')

// Whatever the tests did to each other: the books are sound.
afterAll(async () => expect(await checkLedger(desk.server.platform.database.pool)).toBeNull())

const EARNINGS = /* GraphQL */ `
  query DesignerEarnings {
    me { balance { amount } ledger(first: 20) { nodes { kind amount { amount } order { number } balanceAfter { amount } } } }
  }`
const GIVE_BACK = /* GraphQL */ `
  mutation GiveBackSale($id: UUID!, $amount: SafeInt) { refundPayment(id: $id, amount: $amount) { id } }`
const BUYER = /* GraphQL */ `
  query BuyerBalance($id: UUID!) { order(id: $id) { customer { balance { amount } } } }`
const BUYER_LEDGER = /* GraphQL */ `
  query BuyerLedger($id: UUID!) { order(id: $id) { customer { ledger(first: 1) { nodes { amount { amount } } } } } }`

interface Earnings {
  readonly me: { readonly balance: object; readonly ledger: { readonly nodes: readonly object[] } }
}

const line = (number: string, amount: number, balance: number, kind = 'DESIGNER_EARNING') => ({
  kind,
  amount: { amount },
  order: { number },
  balanceAfter: { amount: balance },
})

/** The ledger is these lines, the newest first, and the balance is what the newest says. */
const untilLedger = (designer: TestAccount, lines: readonly ReturnType<typeof line>[]) =>
  expect
    .poll(async () => (await designer.client.get<Earnings>(EARNINGS)).me, { timeout: 10_000 })
    .toEqual({ balance: lines[0]?.balanceAfter, ledger: { nodes: lines } })

const giveBack = async (orderId: string, amount?: number) => {
  const { id } = await desk.prisma.payment.findFirstOrThrow({
    where: { referenceId: orderId, status: { not: 'CANCELED' } },
  })
  await manager.client.get(GIVE_BACK, { id, amount })
}

const newDesigner = () => openAccount(desk.server, 'DESIGNER')
const digitalOf = ({ id }: TestAccount, priceAmount = 100_000n) =>
  desk.addItem({ designerId: id, productType: 'DIGITAL', priceAmount })

/** A file that the desk’s customer has bought and paid. */
async function bought(designer: TestAccount) {
  const order = await desk.place({ lines: [{ itemId: await digitalOf(designer) }], deliveryAddress: null })
  await desk.pay(order.id)
  return desk.until(order.id, ({ status }) => status === 'COMPLETED')
}

it('a designer earns 85 % of a printed item once its customer has it, and gives back their part of what staff refund', async () => {
  const designer = await newDesigner()
  const itemId = await desk.addItem({ designerId: designer.id })
  const { id, number } = await desk.placeAndPay({ lines: [{ itemId, quantity: 2, print }] })
  for (const stage of ['IN_PROGRESS', 'QUALITY_CHECK', 'READY'])
    await factory.client.get(ADVANCE, { orderId: id, stage })
  await factory.client.get(SHIP, { orderId: id, trackingNumber: 'RB123' })
  expect(await designer.client.get(EARNINGS)).toEqual({ me: { balance: { amount: 0 }, ledger: { nodes: [] } } })
  await desk.customer.client.get(COMPLETE, { id })
  const earned = line(number, 170_000, 170_000)
  await untilLedger(designer, [earned])
  await giveBack(id, 50_000)
  const part = line(number, -42_500, 127_500)
  await untilLedger(designer, [part, earned])
  await giveBack(id)
  await untilLedger(designer, [line(number, -127_500, 0), part, earned])
  expect((await desk.see(id)).status).toBe('COMPLETED')
})

it('of an order of files alone the designer earns the moment it is paid', async () => {
  const designer = await newDesigner()
  const { number } = await bought(designer)
  await untilLedger(designer, [line(number, 85_000, 85_000)])
})

it('a designer who spent what is refunded owes it, the next earning fills that first, and only they and staff see it', async () => {
  const [designer, other] = [await newDesigner(), await newDesigner()]
  const first = await bought(designer)
  const order = await desk.place(
    { lines: [{ itemId: await digitalOf(other, 80_000n) }], deliveryAddress: null },
    designer,
  )
  await designer.client.get(PAY, { input: { orderId: order.id, provider: 'BALANCE' } })
  await untilLedger(other, [line(order.number, 68_000, 68_000)])
  const spent = [line(order.number, -80_000, 5_000, 'ORDER_PAYMENT'), line(first.number, 85_000, 85_000)]
  await untilLedger(designer, spent)
  await giveBack(first.id)
  const taken = [line(first.number, -5_000, 0), ...spent]
  await untilLedger(designer, taken)
  const second = await bought(designer)
  await untilLedger(designer, [line(second.number, 5_000, 5_000), ...taken])

  // The other sold to the designer and sees that order, with its customer.
  for (const query of [BUYER, BUYER_LEDGER]) {
    expect(await other.client.codeOf(query, { id: order.id })).toBe('FORBIDDEN')
    expect(await manager.client.codeOf(query, { id: order.id })).toBe('ok')
  }
})
