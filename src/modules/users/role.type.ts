import { Role } from '../../generated/prisma/enums.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'

describeEnum(Role, 'Role', 'What an account may do. Read from the database at each request, never from an old token.', {
  USER: 'A customer. Anyone may register as one.',
  DESIGNER: 'A customer who also sells designs on the marketplace. Anyone may register as one.',
  FACTORY: 'Staff of one factory: the orders assigned to it.',
  MANAGER: 'Order desk and support: every order, payment and person.',
  ADMIN: 'The owner: all that MANAGER may, and roles, blocking, factories and statistics.',
})

export { Role }
