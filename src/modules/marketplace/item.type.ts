import { Field, Float, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../../platform/graphql/connection.type.js'
import { MoneyType } from '../../platform/graphql/money.type.js'
import { DateTime, UUID } from '../../platform/graphql/scalars.js'
import { Asset } from '../assets/index.js'
import { PublicProfile } from '../users/index.js'
import { ItemStatus } from './item-status.js'
import { PrintSpecs } from './print-specs.type.js'
import { ProductType } from './product-type.js'

@ObjectType({ description: 'A ready design that a designer sells.', simpleResolvers: true })
export class MarketplaceItem {
  @Field(() => UUID, { description: 'Stays the same through every status.' })
  id!: string

  @Field(() => String, { description: 'Up to 100 characters.' })
  title!: string

  @Field(() => String, { description: 'Plain text, up to 1000 characters.' })
  description!: string

  @Field(() => ProductType, { description: 'What the design becomes when ordered.' })
  productType!: ProductType

  @Field(() => ItemStatus, {
    description:
      'Others than the designer and staff meet PUBLISHED only, and in their own orders and cart also what was withdrawn.',
  })
  status!: ItemStatus

  @Field(() => MoneyType, { description: 'What one piece costs now. An order keeps the price it was made at.' })
  price!: MoneyType

  @Field(() => [Asset], { description: 'One to eight pictures, the first one is the cover.' })
  previews!: Asset[]

  @Field(() => [String], { description: "The designer's keywords." })
  tags!: string[]

  @Field(() => PrintSpecs, {
    nullable: true,
    description: 'How the designer suggests to print it; null for DIGITAL and where the buyer decides.',
  })
  print!: PrintSpecs | null

  @Field(() => PublicProfile, { description: 'Who made and sells it.' })
  designer!: PublicProfile

  @Field(() => Float, { description: 'The average of its visible reviews, 1 to 5; 0 while there are none.' })
  rating!: number

  @Field(() => Int, { description: 'How many visible reviews the rating is the average of.' })
  reviewCount!: number

  @Field(() => Int, { description: 'How many paid order lines contained it.' })
  salesCount!: number

  @Field(() => DateTime, { description: 'When it was first saved.' })
  createdAt!: string

  @Field(() => DateTime, { description: 'When its designer or a manager last changed it.' })
  updatedAt!: string
}

export const MarketplaceItemConnection = connectionOf(MarketplaceItem, 'MarketplaceItem')
