import type { Locale } from '../../generated/prisma/enums.js'
import { englishPlanLetters } from './plan-letter-texts.en.js'
import { russianPlanLetters } from './plan-letter-texts.ru.js'
import type { PlanLetters } from './plan-letters.js'

export const planLetters: Readonly<Record<Locale, PlanLetters>> = { RU: russianPlanLetters, EN: englishPlanLetters }
