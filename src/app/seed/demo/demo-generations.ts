import type {
  GenerationFailure,
  GenerationStatus,
  PlanTier,
  QuotaReservationStatus,
} from '../../../generated/prisma/enums.js'
import { addDays } from '../../../kernel/clock.js'
import { allowanceOf, PLAN_PERIOD_DAYS } from '../../../modules/plans/index.js'
import { demoId } from './demo-calendar.js'
import type { DemoPeople, DemoPerson } from './demo-people.js'
import type { DemoWorld } from './demo-world.js'

export interface DemoGeneration {
  readonly id: string
  readonly prompt: string
}

interface Request {
  readonly at: Date
  readonly prompt: string
  readonly style: string | null
  readonly width: number
  readonly height: number
  readonly images?: number
  readonly status?: Extract<GenerationStatus, 'COMPLETED' | 'FAILED' | 'CANCELLED'>
  readonly failure?: GenerationFailure
  readonly isLiked?: boolean
}

interface Plan {
  readonly id: string
  readonly periodStart: Date
  /** Takes images off what is left of the current period. */
  take(images: number): void
}

const RESERVATIONS: Readonly<Record<NonNullable<Request['status']>, QuotaReservationStatus>> = {
  COMPLETED: 'SPENT',
  FAILED: 'RELEASED',
  CANCELLED: 'RELEASED',
}

const MODEL = 'adtime-poster'

/** Plans, and what was drawn on them. Nothing is unfinished: there is no job behind it. */
export function tellGenerations(world: DemoWorld, people: DemoPeople) {
  const { calendar } = world
  const pro = tellPlan(world, people.customer, 'PRO', calendar.at(12, '10:00'), true)
  const free = tellPlan(world, people.pavel, 'FREE', calendar.at(9, '12:00'), false)
  const earlier = { ...pro, periodStart: calendar.at(42, '10:00'), take: () => undefined }
  const wide = { width: 1024, height: 576 }
  const tell = (plan: Plan, owner: DemoPerson, request: Request) => tellGeneration(world, plan, owner, request)
  const mine = (request: Request) => tell(pro, people.customer, request)
  const opening = tell(earlier, people.customer, {
    at: calendar.at(40, '11:05'),
    prompt: 'Открытие кофейни у парка, тёплый свет и чашка на окне',
    style: 'kandinsky',
    ...wide,
    images: 2,
    isLiked: true,
  })
  const bread = mine({
    at: calendar.at(11, '09:12'),
    prompt: 'Свежий хлеб каждое утро',
    style: 'khokhloma',
    ...wide,
    isLiked: true,
  })
  mine({
    at: calendar.at(10, '18:40'),
    prompt: 'Неоновая вывеска ночной пекарни',
    style: 'cyberpunk',
    width: 960,
    height: 640,
    images: 2,
    isLiked: false,
  })
  mine({ at: calendar.at(8, '13:21'), prompt: 'Портрет пекаря с караваем', style: 'portrait', width: 640, height: 960 })
  mine({
    at: calendar.at(7, '13:30'),
    prompt: 'Знаменитость с нашим караваем',
    style: 'portrait',
    width: 640,
    height: 960,
    status: 'FAILED',
    failure: 'CENSORED',
  })
  mine({
    at: calendar.at(6, '10:02'),
    prompt: 'Ярмарка выпечки на площади',
    style: 'detailed',
    ...wide,
    images: 4,
    status: 'CANCELLED',
  })
  mine({
    at: calendar.at(5, '15:48'),
    prompt: 'Осеннее меню: тыква и корица',
    style: 'detailed',
    ...wide,
    status: 'FAILED',
    failure: 'PROVIDER_ERROR',
  })
  const season = mine({
    at: calendar.at(4, '12:10'),
    prompt: 'Осеннее меню кофейни',
    style: 'malevich',
    ...wide,
    isLiked: true,
  })
  const race = tell(free, people.pavel, {
    at: calendar.at(9, '12:20'),
    prompt: 'Утренний забег в парке',
    style: 'kandinsky',
    ...wide,
  })
  return { opening, bread, season, race }
}

function tellPlan(world: DemoWorld, owner: DemoPerson, tier: PlanTier, periodStart: Date, autoRenew: boolean): Plan {
  const periodEnd = addDays(periodStart, PLAN_PERIOD_DAYS)
  const row = {
    id: demoId(periodStart, `plan of ${owner.id}`),
    userId: owner.id,
    tier,
    status: 'ACTIVE' as const,
    periodStart,
    periodEnd,
    ...(tier !== 'FREE' && { paidFrom: periodStart, paidUntil: periodEnd, nextStepAt: periodEnd }),
    remainingGenerations: allowanceOf(tier, false),
    autoRenew,
  }
  world.rows.planSubscriptions.push(row)
  return {
    id: row.id,
    periodStart,
    take: (images) => {
      row.remainingGenerations -= images
    },
  }
}

function tellGeneration(world: DemoWorld, plan: Plan, owner: DemoPerson, request: Request): DemoGeneration {
  const { at, prompt, style, width, height, images = 1, status = 'COMPLETED', failure = null, isLiked = null } = request
  const id = demoId(at, `generation ${prompt}`)
  const isDrawn = status === 'COMPLETED'
  const finishedAt = new Date(at.getTime() + 2_400 * images)
  const { rows, pictures } = world
  rows.generations.push({
    id,
    ownerId: owner.id,
    status,
    failure,
    prompt,
    style,
    model: MODEL,
    width,
    height,
    imageCount: images,
    progress: isDrawn ? 1 : 0.1,
    isLiked,
    createdAt: at,
    startedAt: new Date(at.getTime() + 300),
    finishedAt,
  })
  for (let position = 0; position < images; position++) {
    const reservation = { generationId: id, position, subscriptionId: plan.id, periodStart: plan.periodStart }
    rows.quotaReservations.push({ ...reservation, status: RESERVATIONS[status] })
    if (!isDrawn) continue
    const assetId = demoId(finishedAt, `image ${position} of ${prompt}`)
    const poster = { prompt, width, height, seed: position, ...(style && { style }) }
    pictures.push({ id: assetId, ownerId: owner.id, purpose: 'GENERATION', createdAt: finishedAt, poster })
    rows.generationImages.push({ generationId: id, position, assetId })
  }
  if (isDrawn) plan.take(images)
  return { id, prompt }
}
