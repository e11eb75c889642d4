import { Field, Int, ObjectType } from 'type-graphql'
import { MoneyType } from '../../platform/graphql/money.type.js'
import { PrintWarningKind } from './print-warning-kinds.js'

@ObjectType({
  description: 'What may disappoint about a print. Advice: it never stops an order.',
  simpleResolvers: true,
})
export class PrintWarning {
  @Field(() => PrintWarningKind, { description: 'Which matter it is.' })
  kind!: PrintWarningKind

  @Field(() => String, { description: 'A sentence for the customer.' })
  message!: string

  @Field(() => Int, { nullable: true, description: 'Dots per inch at the chosen size, for LOW_RESOLUTION only.' })
  dpi!: number | null
}

@ObjectType({ description: 'The price of one line.', simpleResolvers: true })
export class QuoteLine {
  @Field(() => String, { description: "The item's title, or the beginning of the generation's prompt." })
  title!: string

  @Field(() => Int, { description: 'How many pieces, 1 or more.' })
  quantity!: number

  @Field(() => MoneyType, { description: 'For one piece.' })
  unitPrice!: MoneyType

  @Field(() => MoneyType, { description: 'For all pieces.' })
  total!: MoneyType

  @Field(() => [PrintWarning], { description: 'Empty when nothing is wrong, and for DIGITAL lines.' })
  warnings!: PrintWarning[]
}

@ObjectType({
  description: 'What an order would cost now. Placing it costs the same unless a price changes meanwhile.',
  simpleResolvers: true,
})
export class Quote {
  @Field(() => [QuoteLine], { description: 'In the order of the input.' })
  lines!: QuoteLine[]

  @Field(() => MoneyType, { description: 'All lines together.' })
  subtotal!: MoneyType

  @Field(() => MoneyType, { description: '200 RUB when `deadlineDays` is under 7, otherwise 0.' })
  rushFee!: MoneyType

  @Field(() => MoneyType, { description: 'What `payOrder` would charge.' })
  total!: MoneyType

  @Field(() => Int, {
    description:
      'Days in production at the factory that would get it now; 7 when none is free, 0 when every line is DIGITAL.',
  })
  productionDays!: number
}
