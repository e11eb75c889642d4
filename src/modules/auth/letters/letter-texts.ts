import type { Locale } from '../../../generated/prisma/enums.js'
import type { AccountLetters } from './account-letters.js'
import { englishLetters } from './letter-texts.en.js'
import { russianLetters } from './letter-texts.ru.js'

export const accountLetters: Readonly<Record<Locale, AccountLetters>> = { RU: russianLetters, EN: englishLetters }
