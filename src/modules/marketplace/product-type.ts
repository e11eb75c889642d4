import { ProductType } from '../../generated/prisma/enums.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'

describeEnum(ProductType, 'ProductType', 'What a design becomes.', {
  BANNER: 'Printed on fabric or film, to hang.',
  STANDEE: 'Printed and mounted, to stand by itself.',
  BILLBOARD: 'Printed large, for an outdoor structure.',
  DIGITAL: 'A file. Nothing is printed or shipped, so it needs no print specs and no address.',
})

export { ProductType }
