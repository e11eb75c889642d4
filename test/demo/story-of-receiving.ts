import type { ApolloPerson } from './apollo-person.js'
import type { Cast } from './story-cast.js'
import { LOOK_BACK, RECEIVE, REVIEW } from './story-documents.js'
import type { FollowedOrder } from './story-of-buying.js'
import { StoryProblem } from './story-problem.js'

/** The banner arrives and is reviewed; the customer looks back on the whole order. */
export async function receive({ teller }: Cast, customer: ApolloPerson, order: FollowedOrder): Promise<void> {
  const { id, events } = order
  teller.step('The banner arrives, and she confirms it')
  await customer.run(RECEIVE, { id })
  await events.until(({ orderStatusChanged: { toStatus } }) => toStatus === 'COMPLETED', 'COMPLETED')

  teller.step('She reviews it and looks back')
  const comment = 'Краски как на экране, и на день раньше срока.'
  const { reviewOrder } = await customer.run(REVIEW, { orderId: id, rating: 5, comment })
  teller.fact(`${'★'.repeat(reviewOrder.rating)} ${reviewOrder.comment}`)
  const { order: past } = await customer.ask(LOOK_BACK, { id })
  const [payment] = past?.payments ?? []
  if (past?.status !== 'COMPLETED' || payment?.status !== 'SUCCEEDED' || past.review?.rating !== 5)
    throw new StoryProblem(`In the end ${order.number} is not completed, paid and reviewed: ${JSON.stringify(past)}`)
  const statuses = past.history.map(({ toStatus }) => toStatus)
  teller.fact(`${past.number}: ${statuses.filter((status, at) => status !== statuses[at - 1]).join(' → ')}`)
  teller.fact(
    `${past.history.length} events, ${past.messages.totalCount} messages, ${payment.amount.formatted} ${payment.status} by ${payment.provider}`,
  )
  teller.ending(`${past.number}: drawn, ordered, paid, printed, shipped, received. Every step was seen live.`)
}
