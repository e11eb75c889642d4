import type { ApolloPerson } from './apollo-person.js'
import type { Cast } from './story-cast.js'
import { ADVANCE, SAY, SHIP, WORK_AT } from './story-documents.js'
import type { FollowedOrder } from './story-of-buying.js'
import type { StoryProblem } from './story-problem.js'

const TRACKING_NUMBER = 'RA123456789RU'
const STAGES = [
  { stage: 'IN_PROGRESS', note: 'On the printer' },
  { stage: 'QUALITY_CHECK', note: null },
  { stage: 'READY', note: 'Packed' },
] as const

/** A factory is found, prints the banner, talks with the customer and ships it. */
export async function make(cast: Cast, customer: ApolloPerson, order: FollowedOrder): Promise<void> {
  const { teller } = cast
  const { id: orderId, events, chat } = order

  teller.step('A factory is found by itself')
  const assigned = await events.until(({ orderStatusChanged: { type } }) => type === 'FACTORY_ASSIGNED', 'factory')
  teller.fact(`${assigned.orderStatusChanged.order.factory?.name} prints it`)

  teller.step('The factory looks at its new order')
  const maker = await signInMaker(cast, orderId)
  const { order: work } = await maker.ask(WORK_AT, { id: orderId })
  teller.fact(
    `${work?.number}, ${work?.lines[0]?.files.length} file to print, due ${work?.productionDeadline?.slice(0, 10)}`,
  )

  teller.step('It prints the banner, stage by stage')
  for (const { stage, note } of STAGES) {
    await maker.run(ADVANCE, { orderId, stage, note })
    await events.until(({ orderStatusChanged: { productionStage } }) => productionStage === stage, stage)
  }

  teller.step('A word in the order’s chat')
  const isHeard = (body: string) => chat.until(({ chatMessageAdded }) => chatMessageAdded.body === body, 'chat message')
  for (const [person, body] of [
    [customer, 'Здравствуйте! Успеете к пятнице?'],
    [maker, 'Уже упакован, сегодня отправим.'],
  ] as const) {
    await person.run(SAY, { input: { orderId, body } })
    await isHeard(body)
  }

  teller.step('The factory ships it')
  const { shipOrder } = await maker.run(SHIP, { orderId, trackingNumber: TRACKING_NUMBER })
  await events.until(({ orderStatusChanged: { type } }) => type === 'TRACKING_ADDED', 'tracking number')
  teller.fact(`${shipOrder.status}, tracking number ${shipOrder.trackingNumber}`)
}

/** factory@ where the order went to their factory; a manager may do the same for any other. */
async function signInMaker(cast: Cast, orderId: string): Promise<ApolloPerson> {
  const staff = await cast.signIn('factory')
  const isTheirs = await staff.ask(WORK_AT, { id: orderId }).then(
    ({ order }) => order !== null,
    (problem: StoryProblem) => {
      if (problem.code === 'NOT_FOUND') return false
      throw problem
    },
  )
  if (isTheirs) return staff
  cast.teller.fact('the order went to another factory, so a manager goes on in its place')
  return cast.signIn('manager')
}
