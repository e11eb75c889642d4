import { describeEnum } from '../../../platform/graphql/describe-enum.js'
import { Scope } from './scope.js'

describeEnum(Scope, 'Scope', 'What an access token may be used for, as its claim `scope` says.', {
  READ: 'Queries and subscriptions.',
  WRITE: 'Mutations.',
  ADMIN: 'What only the role ADMIN may do.',
})

export { Scope }
