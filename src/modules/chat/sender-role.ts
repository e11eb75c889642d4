import { SenderRole } from '../../generated/prisma/enums.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'

describeEnum(SenderRole, 'SenderRole', 'As what somebody spoke in the chat of an order.', {
  CUSTOMER: 'Whose order it is.',
  DESIGNER: 'Who made one of its items.',
  FACTORY: 'Staff of the factory that prints it.',
  SUPPORT: 'Our own people.',
  SYSTEM: 'The order itself; such a message has no sender.',
})

export { SenderRole }
