import { Field, Int, ObjectType } from 'type-graphql'
import { DateTime, UUID } from '../../../platform/graphql/scalars.js'
import { Scope } from './scope.type.js'

@ObjectType({ description: 'A pair of tokens of one session.', simpleResolvers: true })
export class AuthToken {
  @Field(() => String, {
    description:
      'A JWT (RS256, keys at /.well-known/jwks.json). Send it as `Authorization: Bearer …`, on sockets in `connectionParams.authorization`.',
  })
  accessToken!: string

  @Field(() => String, { description: 'Always "bearer".' })
  tokenType!: string

  @Field(() => Int, { description: 'Seconds from `issuedAt` until the access token expires: 1800.' })
  expiresIn!: number

  @Field(() => String, {
    description:
      'Opaque, for `refreshToken`, within 7 days and once: using it a second time ends the session. "" for calls with `X-Auth-Mode: cookie` from an allowed origin: then it lies in a cookie that scripts cannot read, and `refreshToken` takes it from there.',
  })
  refreshToken!: string

  @Field(() => DateTime, { description: 'When the access token was made, to the second.' })
  issuedAt!: Date

  @Field(() => UUID, { description: 'The claim `jti` of the access token.' })
  tokenId!: string

  @Field(() => [Scope], { description: 'READ and WRITE, and ADMIN for the role ADMIN.' })
  scopes!: readonly Scope[]
}
