import { Field, ObjectType } from 'type-graphql'
import { User } from '../../users/index.js'
import { AuthToken } from '../tokens/auth-token.type.js'

@ObjectType({ description: 'The answer to every way of signing in.', simpleResolvers: true })
export class AuthPayload {
  @Field(() => User, {
    nullable: true,
    description: 'Who signed in; the rest of the operation acts as them. Null until the second factor is given.',
  })
  user!: User | null

  @Field(() => AuthToken, { nullable: true, description: 'Null while `requires2fa`.' })
  token!: AuthToken | null

  @Field(() => Boolean, { description: 'Whether a second factor has to be given before there is a token.' })
  requires2fa!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Stands for this sign-in while its second factor is awaited, 5 minutes; null otherwise.',
  })
  challenge!: string | null
}
