import type { PlanTier } from '../../generated/prisma/enums.js'
import type { Letter } from '../../platform/mail/letter.js'
import type { PlanLetterKind } from './plan-letter.js'

export interface ToldOfPlan {
  readonly tier: PlanTier
  readonly paidUntil: Date
  /** When it becomes FREE, once renewing it is tried. */
  readonly goesOnUntil: Date
  readonly link: string
}

/** What owners of plans are written. No letter repeats what somebody typed. */
export type PlanLetters = Readonly<Record<PlanLetterKind, (told: ToldOfPlan) => Letter>>
