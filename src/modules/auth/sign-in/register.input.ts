import { IsIn } from 'class-validator'
import { Field, InputType } from 'type-graphql'
import { EmailAddress } from '../../../platform/graphql/scalars.js'
import { Text } from '../../../platform/graphql/text-rule.js'
import { Role } from '../../users/index.js'
import { OPEN_ROLES, type OpenRole } from '../accounts/open-role.js'
import { Password } from '../passwords/password-rule.js'

@InputType({ description: 'A new account.' })
export class RegisterInput {
  @Field(() => EmailAddress, { description: 'CONFLICT when another account has it, in any case of letters.' })
  email!: string

  @Field(() => String, {
    description:
      '8 to 128 characters, with an upper-case letter of any alphabet, a digit, and a character that is neither letter nor digit, and not among the most common ones. Each broken rule is an entry of `fields`.',
  })
  @Password()
  password!: string

  @Field(() => String, {
    nullable: true,
    description: 'How others see the person, 1 to 100 characters; the part of the address before the @ when absent.',
  })
  @Text({ max: 100 })
  displayName?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Up to 64 characters. CONFLICT when another account has it.',
  })
  @Text({ max: 64 })
  telegramId?: string | null

  @Field(() => Role, { defaultValue: Role.USER, description: 'USER or DESIGNER; any other is BAD_USER_INPUT.' })
  @IsIn(OPEN_ROLES, { message: 'must be USER or DESIGNER' })
  role!: OpenRole
}
