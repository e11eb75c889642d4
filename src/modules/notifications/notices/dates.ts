import type { Locale } from '../../../generated/prisma/enums.js'

const LANGUAGES: Readonly<Record<Locale, string>> = { RU: 'ru-RU', EN: 'en-GB' }

const format = (locale: Locale) =>
  new Intl.DateTimeFormat(LANGUAGES[locale], { dateStyle: 'long', timeZone: 'Europe/Moscow' })

const formats: Readonly<Record<Locale, Intl.DateTimeFormat>> = { RU: format('RU'), EN: format('EN') }

/** The day in Moscow. Without the «г.» at the end of Russian ones: sentences end with it. */
export const dayText = (date: Date, locale: Locale): string => formats[locale].format(date).replace(/\sг\.$/, '')
