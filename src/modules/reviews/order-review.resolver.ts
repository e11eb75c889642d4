import { FieldResolver, Resolver, Root } from 'type-graphql'
import { Order } from '../orders/index.js'
import { Review } from './review.type.js'

@Resolver(() => Order)
export class OrderReviewResolver {
  @FieldResolver(() => Review, { nullable: true, description: "The customer's review; null until there is one." })
  review(@Root() order: Order & { readonly review?: Review | null }): Review | null {
    return order.review ?? null
  }
}
