import { Matches } from 'class-validator'
import { Field, InputType } from 'type-graphql'
import { PhoneNumber } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'

@InputType({ description: 'Where to send an order.' })
export class AddressInput {
  @Field(() => String, { description: 'Who receives it, 1 to 200 characters.' })
  @Text({ max: 200 })
  recipient!: string

  @Field(() => PhoneNumber, { description: 'For the courier.' })
  phone!: string

  @Field(() => String, { defaultValue: 'RU', description: 'ISO 3166 code of two capital letters.' })
  @Matches(/^[A-Z]{2}$/, { message: 'must be a country code of two capital letters, such as RU' })
  country!: string

  @Field(() => String, { description: 'City or settlement, 1 to 100 characters.' })
  @Text({ max: 100 })
  city!: string

  @Field(() => String, { description: 'Street, house, flat, 1 to 300 characters.' })
  @Text({ max: 300 })
  street!: string

  @Field(() => String, { description: 'As the country writes it, 1 to 20 characters.' })
  @Text({ max: 20 })
  postalCode!: string

  @Field(() => String, { nullable: true, description: 'For the courier, up to 500 characters.' })
  @Text({ min: 0, max: 500 })
  comment?: string | null
}
