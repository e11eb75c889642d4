import { Field, Int, ObjectType } from 'type-graphql'
import { MoneyType } from '../../platform/graphql/money.type.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { Asset } from '../assets/index.js'
import { Generation } from '../generations/index.js'
import { MarketplaceItem, PrintSpecs, ProductType } from '../marketplace/index.js'

@ObjectType({
  description: 'One line of an order, with title, specs and prices as they were when it was placed.',
  simpleResolvers: true,
})
export class OrderLine {
  @Field(() => UUID, { description: 'Of the line.' })
  id!: string

  @Field(() => MarketplaceItem, {
    nullable: true,
    description: 'The item it was ordered from, even if withdrawn since. Null for a generated design.',
  })
  item!: MarketplaceItem | null

  @Field(() => Generation, {
    nullable: true,
    description: "The generation it was ordered from, for the customer and staff. Null for an item's line.",
  })
  generation!: Generation | null

  @Field(() => String, { description: "The item's title, or the beginning of the generation's prompt." })
  title!: string

  @Field(() => ProductType, { description: 'What it becomes.' })
  productType!: ProductType

  @Field(() => PrintSpecs, { nullable: true, description: 'How to print it. Null only for DIGITAL.' })
  print!: PrintSpecs | null

  @Field(() => Int, { description: 'How many pieces, 1 or more.' })
  quantity!: number

  @Field(() => MoneyType, { description: 'For one piece.' })
  unitPrice!: MoneyType

  @Field(() => MoneyType, { description: 'For all pieces.' })
  total!: MoneyType

  @Field(() => [Asset], {
    description:
      'What to print or download: the source file of the item (its previews when it has none), or the images of the generation. For the factory and staff; for the customer those of DIGITAL lines once the order is paid. Empty for everybody else.',
  })
  files!: Asset[]
}
