import { Field, Float, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../../platform/graphql/connection.type.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { ProductType } from '../marketplace/index.js'

@ObjectType({ description: 'A print shop that produces and ships orders.', simpleResolvers: true })
export class Factory {
  @Field(() => UUID, { description: 'Version 7. Usable as the preferred `factoryId` of an order.' })
  id!: string

  @Field(() => String, { description: 'Its trade name.' })
  name!: string

  @Field(() => String, { description: 'City and region, for people.' })
  location!: string

  @Field(() => [ProductType], {
    description: 'What it prints. An order goes only to a factory that prints all its physical lines.',
  })
  specializations!: ProductType[]

  @Field(() => Float, { description: '0 to 5. Decides between factories of equal load and service level.' })
  rating!: number

  @Field(() => Int, { description: 'How many orders it works on at once.' })
  capacity!: number

  @Field(() => Int, {
    description:
      'How many it works on now, never over `capacity`. An order counts from its assignment until it is shipped or cancelled.',
  })
  currentLoad!: number

  @Field(() => Int, { description: 'Days from assignment to the production deadline.' })
  leadTimeDays!: number

  @Field(() => Int, { description: '1 to 5, higher is better. Decides between factories of equal load.' })
  serviceLevel!: number

  @Field(() => Boolean, { description: 'Whether it takes new orders.' })
  isActive!: boolean
}

@ObjectType({ description: 'A page of a list of Factory.', simpleResolvers: true })
export class FactoryConnection extends connectionOf(Factory, 'Factory') {}
