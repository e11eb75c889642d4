import type { StoryFollowChatSubscription, StoryFollowOrderSubscription } from '../generated/graphql.js'
import type { ApolloPerson } from './apollo-person.js'
import { visitCheckout } from './checkout-visit.js'
import type { LiveFeed } from './live-feed.js'
import type { Cast } from './story-cast.js'
import { FOLLOW_CHAT, FOLLOW_ORDER, ORDER, PAY, QUOTE } from './story-documents.js'
import { StoryProblem } from './story-problem.js'

const PRICE = 220_000

/** An order, and what its customer hears of it. */
export interface FollowedOrder {
  readonly id: string
  readonly number: string
  readonly events: LiveFeed<StoryFollowOrderSubscription>
  readonly chat: LiveFeed<StoryFollowChatSubscription>
}

/** The picture is ordered as a banner, followed live, and paid at the provider that the server prefers: the sandbox, unless another is configured. */
export async function buy({ teller }: Cast, customer: ApolloPerson, generationId: string): Promise<FollowedOrder> {
  const input = {
    lines: [
      {
        generationId,
        productType: 'BANNER' as const,
        quantity: 1,
        print: {
          widthMm: 1_024,
          heightMm: 576,
          material: 'Vinyl 440 g',
          elements: ['logo', 'headline', 'address'],
          colorProfile: 'CMYK' as const,
        },
      },
    ],
    deliveryAddress: {
      recipient: 'Анна Смирнова',
      phone: '+79991234567',
      country: 'RU',
      city: 'Москва',
      street: 'Тверская, 1',
      postalCode: '125009',
    },
    deadlineDays: 5,
  }
  teller.step('She asks what a banner would cost: three design elements, in five days')
  const { quote } = await customer.ask(QUOTE, { input })
  if (quote.total.amount !== PRICE) throw new StoryProblem(`The quote is ${quote.total.formatted}, not 2 200 roubles.`)
  const [line] = quote.lines
  teller.fact(`${line?.unitPrice.formatted} and ${quote.rushFee.formatted} for the rush: ${quote.total.formatted}`)
  for (const { message } of line?.warnings ?? []) teller.fact(`warned: ${message}`)

  teller.step('She orders it')
  const { createOrder } = await customer.run(ORDER, { input })
  const { id, number, status, total, lastEventCursor, lastMessageCursor } = createOrder
  if (total.amount !== PRICE) throw new StoryProblem(`The order costs ${total.formatted}, not what the quote said.`)
  teller.fact(`${number} is ${status}, ${total.formatted}`)

  teller.step('She follows the order and its chat from where they stand')
  const events = customer.follow(FOLLOW_ORDER, { orderId: id, after: lastEventCursor }, ({ orderStatusChanged }) =>
    teller.live(`orderStatusChanged  ${describeEvent(orderStatusChanged)}`),
  )
  const chat = customer.follow(FOLLOW_CHAT, { orderId: id, after: lastMessageCursor }, ({ chatMessageAdded }) => {
    const { sender, senderRole, body } = chatMessageAdded
    teller.live(`chatMessageAdded    ${sender?.displayName ?? 'AdTime'} (${senderRole}): ${body}`)
  })
  teller.fact('both over one socket (graphql-transport-ws)')

  teller.step('She starts to pay')
  const { payOrder } = await customer.run(PAY, { input: { orderId: id } })
  if (!payOrder.confirmationUrl) throw new StoryProblem('The payment has no confirmationUrl.')
  teller.fact(`${payOrder.amount.formatted} is ${payOrder.status}; ${payOrder.confirmationUrl}`)

  teller.step('She opens the checkout page and presses Pay')
  const heading = await visitCheckout(payOrder.confirmationUrl, 'pay')
  teller.fact(`the page says: ${heading}`)
  await events.until(({ orderStatusChanged: { toStatus } }) => toStatus === 'PAID', 'PAID')
  return { id, number, events, chat }
}

function describeEvent(event: StoryFollowOrderSubscription['orderStatusChanged']): string {
  const { type, fromStatus, toStatus, productionStage, note, actor, order } = event
  const words = {
    CREATED: toStatus,
    STATUS_CHANGED: `${fromStatus} → ${toStatus}`,
    PRODUCTION_STAGE_CHANGED: productionStage,
    FACTORY_ASSIGNED: order.factory?.name,
    TRACKING_ADDED: order.trackingNumber,
  }[type as string]
  return [type, words, note && note !== words && `“${note}”`, actor && `by ${actor.displayName}`]
    .filter(Boolean)
    .join('  ')
}
