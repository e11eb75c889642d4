import { ArgsType, Field } from 'type-graphql'
import { UUID } from '../../../platform/graphql/scalars.js'
import { Text } from '../../../platform/graphql/text-rule.js'
import { Role } from '../../users/index.js'

@ArgsType()
export class SetUserRoleArgs {
  @Field(() => UUID, { description: 'Of the account; not of a guest.' })
  userId!: string

  @Field(() => Role, { description: 'What it may do from now on.' })
  role!: Role

  @Field(() => UUID, {
    nullable: true,
    description:
      'With FACTORY: whose staff the person is. When absent they stay with their factory; who has none sees no orders. BAD_USER_INPUT with another role.',
  })
  factoryId?: string | null
}

@ArgsType()
export class SetUserBlockedArgs {
  @Field(() => UUID, { description: 'Of the account, guests and service accounts included.' })
  userId!: string

  @Field(() => Boolean, { description: 'False lets the person sign in again.' })
  blocked!: boolean

  @Field(() => String, { nullable: true, description: 'For the audit log, up to 500 characters.' })
  @Text({ min: 0, max: 500 })
  reason?: string | null
}
