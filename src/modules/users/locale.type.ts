import { Locale } from '../../generated/prisma/enums.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'

describeEnum(Locale, 'Locale', 'A language that people are written to in.', {
  RU: 'Russian, which everybody begins with.',
  EN: 'English, for who asks for it.',
})

export { Locale }
