import { Field, ObjectType } from 'type-graphql'
import { DateTime, UUID } from '../../../platform/graphql/scalars.js'

@ObjectType({ description: 'One sign-in of the viewer, on one device.', simpleResolvers: true })
export class Session {
  @Field(() => UUID, { description: 'For `revokeSession`. The claim `sid` of its access tokens.' })
  id!: string

  @Field(() => DateTime, { description: 'When the viewer signed in.' })
  createdAt!: Date

  @Field(() => DateTime, {
    description: 'When it last got tokens: a client that is in use refreshes them every 30 minutes.',
  })
  lastUsedAt!: Date

  @Field(() => String, {
    nullable: true,
    description: 'What the client called itself when it last got tokens, up to 300 characters. Not to be trusted.',
  })
  userAgent!: string | null

  @Field(() => String, { nullable: true, description: 'The address from which it last got tokens.' })
  ip!: string | null

  @Field(() => Boolean, { description: 'Whether it is the session of the access token that asks.' })
  isCurrent!: boolean
}
