import { Field, InputType } from 'type-graphql'
import { EmailAddress } from '../../../platform/graphql/scalars.js'

@InputType({ description: 'An address and its password.' })
export class LoginInput {
  @Field(() => EmailAddress, { description: 'In any case of letters.' })
  email!: string

  @Field(() => String, { description: 'As it was given; spaces count.' })
  password!: string
}
