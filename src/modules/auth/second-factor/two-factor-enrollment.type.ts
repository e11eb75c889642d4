import { Field, ObjectType } from 'type-graphql'
import { URLScalar } from '../../../platform/graphql/scalars.js'

@ObjectType({
  description: 'A new second factor, shown once. It counts when `confirmTwoFactor` got a code of it.',
  simpleResolvers: true,
})
export class TwoFactorEnrollment {
  @Field(() => String, {
    description: 'In base32, for an authenticator app that cannot scan: TOTP, SHA-1, 6 digits, 30 seconds.',
  })
  secret!: string

  @Field(() => String, { description: '`otpauth://totp/…` with the secret, which authenticator apps open.' })
  otpauthUrl!: string

  @Field(() => URLScalar, { description: '`otpauthUrl` as a QR code: a `data:` URL of a PNG.' })
  qrCode!: string
}
