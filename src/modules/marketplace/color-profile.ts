import { ColorProfile } from '../../generated/prisma/enums.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'

describeEnum(ColorProfile, 'ColorProfile', 'The colours a design is printed from.', {
  CMYK: 'Four inks: what presses print. The default.',
  RGB: 'Screen colours; the factory converts them, so printed colours may differ from the screen.',
})

export { ColorProfile }
