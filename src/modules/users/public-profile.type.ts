import { Field, ObjectType } from 'type-graphql'
import { DateTime, UUID } from '../../platform/graphql/scalars.js'
import { Role } from './role.type.js'

@ObjectType({
  description: 'What everybody may see of an account: no contact details, no money.',
  simpleResolvers: true,
})
export class PublicProfile {
  @Field(() => UUID, { description: 'The same id as the User of this account.' })
  id!: string

  @Field(() => String, {
    description: 'The name they go by, 1 to 100 characters. Not unique. A deleted account has a name that says so.',
  })
  displayName!: string

  @Field(() => Role, {
    description: 'DESIGNER sells on the marketplace; FACTORY, MANAGER and ADMIN speak for us in chats.',
  })
  role!: Role

  @Field(() => DateTime, { description: 'Member since.' })
  createdAt!: string
}
