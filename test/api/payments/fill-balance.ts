import type { Payment } from '../../../src/generated/prisma/client.js'
import { money } from '../../../src/kernel/money.js'
import type { SignedInViewer } from '../../../src/kernel/viewer.js'
import type { PaymentShop } from './payment-shop.js'
import { actAtCheckout } from './sandbox-hands.js'

/** A deposit that its customer has paid on the sandbox's page, or however `pay` does. @returns the payment, settled */
export async function fillBalance(
  shop: PaymentShop,
  { userId, ...viewer }: SignedInViewer,
  amount: bigint,
  pay: (payment: Payment) => Promise<unknown> = (payment) => actAtCheckout(payment, 'pay'),
): Promise<Payment> {
  const request = { purpose: 'DEPOSIT', referenceId: userId, amount: money(amount), description: 'Deposit' } as const
  const id = await shop.payments.start({ userId, ...viewer }, { ...request, operation: 'deposit' })
  await pay(await shop.payment(id))
  await shop.eventually(async () => {
    if ((await shop.payment(id)).status !== 'SUCCEEDED') throw new Error('not settled yet')
  })
  return shop.payment(id)
}
