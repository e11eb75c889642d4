import type { PlanTier } from '../../generated/prisma/enums.js'
import { type Money, rubles } from '../../kernel/money.js'

export interface PlanOffer {
  readonly tier: PlanTier
  readonly name: string
  /** For one period. */
  readonly price: Money
  readonly periodDays: number
  /** Images a period. */
  readonly generationQuota: number
  readonly features: readonly string[]
}

export const PLAN_PERIOD_DAYS = 30

/** What a guest may have drawn in a period: enough to see what AdTime does. */
export const GUEST_QUOTA = 1

const offer = (plan: Omit<PlanOffer, 'periodDays'>): PlanOffer => ({ ...plan, periodDays: PLAN_PERIOD_DAYS })

/** Every plan, the cheapest first. */
export const planCatalogue: readonly PlanOffer[] = [
  offer({
    tier: 'FREE',
    name: 'Бесплатный',
    price: rubles(0),
    generationQuota: 5,
    features: ['5 изображений за 30 дней', 'Все стили и размеры', 'Заказ печати и доставки'],
  }),
  offer({
    tier: 'PRO',
    name: 'Профи',
    price: rubles(990),
    generationQuota: 50,
    features: [
      '50 изображений за 30 дней',
      'Все стили и размеры',
      'Заказ печати и доставки',
      'Для постоянной работы с рекламой',
    ],
  }),
  offer({
    tier: 'PREMIUM',
    name: 'Премиум',
    price: rubles(2990),
    generationQuota: 200,
    features: [
      '200 изображений за 30 дней',
      'Все стили и размеры',
      'Заказ печати и доставки',
      'Для агентств и отделов рекламы',
    ],
  }),
]

const byTier = new Map(planCatalogue.map((plan) => [plan.tier, plan]))

export function planOf(tier: PlanTier): PlanOffer {
  const plan = byTier.get(tier)
  if (!plan) throw new Error(`the catalogue has no plan ${tier}`)
  return plan
}

/** How many images a new period starts with. */
export const allowanceOf = (tier: PlanTier, isGuest: boolean): number =>
  isGuest ? GUEST_QUOTA : planOf(tier).generationQuota
