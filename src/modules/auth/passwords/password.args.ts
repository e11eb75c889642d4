import { ArgsType, Field } from 'type-graphql'
import { Password } from './password-rule.js'

const NEW_PASSWORD =
  '8 to 128 characters, with an upper-case letter of any alphabet, a digit, and a character that is neither letter nor digit, and not among the most common ones. Each broken rule is an entry of `fields`.'

@ArgsType()
export class ChangePasswordArgs {
  @Field(() => String, { description: 'The password of now. BAD_USER_INPUT, naming this field, when it is another.' })
  current!: string

  @Field(() => String, { description: NEW_PASSWORD })
  @Password()
  password!: string
}

@ArgsType()
export class ResetPasswordArgs {
  @Field(() => String, {
    description:
      'From the letter that requestPasswordReset had sent: good for an hour, once, and until the password or the address of the account changes. BAD_USER_INPUT, naming this field, for any other.',
  })
  token!: string

  @Field(() => String, { description: `${NEW_PASSWORD} A refused password does not use the token up.` })
  @Password()
  password!: string
}
