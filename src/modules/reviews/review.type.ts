import { Field, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../../platform/graphql/connection.type.js'
import { DateTime, UUID } from '../../platform/graphql/scalars.js'
import { Asset } from '../assets/index.js'
import { MarketplaceItem } from '../marketplace/index.js'
import { PublicProfile } from '../users/index.js'

@ObjectType({ description: "A customer's opinion of a completed order. One per order.", simpleResolvers: true })
export class Review {
  @Field(() => UUID, { description: 'What replyToReview takes.' })
  id!: string

  /** Not a field: what `order` is found by. */
  readonly orderId!: string

  @Field(() => PublicProfile, { description: 'The customer of the order.' })
  author!: PublicProfile

  @Field(() => Int, { description: 'Stars, 1 to 5.' })
  rating!: number

  @Field(() => String, {
    nullable: true,
    description: 'Plain text, up to 2000 characters; null when they only gave stars.',
  })
  comment!: string | null

  @Field(() => [Asset], { description: 'Up to five, in the order they were given.' })
  photos!: Asset[]

  @Field(() => String, { nullable: true, description: "The designer's answer, up to 2000 characters." })
  reply!: string | null

  @Field(() => DateTime, { nullable: true, description: 'When the designer answered; null until then.' })
  repliedAt!: string | null

  @Field(() => DateTime, { description: 'Reviews are listed newest first by it.' })
  createdAt!: string

  @Field(() => MarketplaceItem, {
    nullable: true,
    description:
      "The item whose rating it counts for: the first of the order's lines that has one. Null for an order of generated designs only.",
  })
  item!: MarketplaceItem | null
}

export const ReviewConnection = connectionOf(Review, 'Review')
