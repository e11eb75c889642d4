import { Field, Int, ObjectType } from 'type-graphql'
import { MoneyType } from '../../../platform/graphql/money.type.js'
import { DateTime, UUID } from '../../../platform/graphql/scalars.js'
import { MarketplaceItem, PrintSpecs } from '../../marketplace/index.js'

@ObjectType({ description: 'One item in a cart. An item stands in a cart once.', simpleResolvers: true })
export class CartLine {
  @Field(() => UUID, { description: 'Stays the same as long as the item is in the cart.' })
  id!: string

  @Field(() => MarketplaceItem, { description: 'What is to be ordered, even if it was withdrawn since.' })
  item!: MarketplaceItem

  @Field(() => Int, { description: 'How many pieces, 1 to 10.' })
  quantity!: number

  @Field(() => MoneyType, { description: 'What one piece costs now.' })
  unitPrice!: MoneyType

  @Field(() => MoneyType, { description: 'unitPrice × quantity.' })
  total!: MoneyType

  @Field(() => Boolean, {
    description: 'Whether the item is for sale now. A line that is not stops `checkoutCart`: remove it, or wait.',
  })
  isAvailable!: boolean

  @Field(() => Boolean, {
    description:
      'Whether the price is another one than when the line was last set. Such a line stops `checkoutCart`: `setCartLine` again agrees to the price of now.',
  })
  priceChanged!: boolean

  @Field(() => PrintSpecs, {
    nullable: true,
    description: 'How to print it. Null for DIGITAL, and until it is chosen, which `checkoutCart` needs.',
  })
  print!: PrintSpecs | null
}

@ObjectType({
  description: 'What somebody is about to order: one for each account, seen by its owner alone.',
  simpleResolvers: true,
})
export class Cart {
  @Field(() => UUID, { description: 'The id of its owner: it never changes, and is there before the first line.' })
  id!: string

  @Field(() => [CartLine], { description: 'Up to 50, in the order in which the items were put in.' })
  lines!: CartLine[]

  @Field(() => MoneyType, {
    description: 'All lines together at the prices of now, withdrawn ones too. A rush fee may come on top.',
  })
  subtotal!: MoneyType

  @Field(() => Int, { description: 'How many pieces the lines have together.' })
  itemCount!: number

  @Field(() => DateTime, {
    description: 'When its owner last changed it, or ordered from it; when the account was made if never.',
  })
  updatedAt!: string
}
