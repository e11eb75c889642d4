import { Field, ObjectType } from 'type-graphql'
import { PhoneNumber } from '../../platform/graphql/scalars.js'

@ObjectType({ description: 'Where an order is sent, as it was when the order was placed.', simpleResolvers: true })
export class Address {
  @Field(() => String, { description: 'Who receives it.' })
  recipient!: string

  @Field(() => PhoneNumber, { description: 'For the courier.' })
  phone!: string

  @Field(() => String, { description: 'ISO 3166 code of two letters: RU.' })
  country!: string

  @Field(() => String, { description: 'City or settlement.' })
  city!: string

  @Field(() => String, { description: 'Street, house, flat.' })
  street!: string

  @Field(() => String, { description: 'As the country writes it.' })
  postalCode!: string

  @Field(() => String, { nullable: true, description: 'For the courier: entrance, door code.' })
  comment!: string | null
}
