import { ArrayMaxSize, ValidateNested } from 'class-validator'
import { ArgsType, Field, InputType } from 'type-graphql'
import { ForwardPageArgs } from '../../platform/graphql/connection.type.js'
import { DateTime, UUID } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'
import { OrderStatus } from './order.enums.js'

@InputType({ description: 'Which orders to list; everything given must hold.' })
export class OrderFilter {
  @Field(() => [OrderStatus], {
    nullable: true,
    description: 'In any of these statuses, up to 6. An empty list is no restriction.',
  })
  @ArrayMaxSize(6, { message: 'must be at most 6' })
  status?: OrderStatus[] | null

  @Field(() => DateTime, { nullable: true, description: 'Placed at this moment or later.' })
  createdAfter?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'Placed before this moment.' })
  createdBefore?: Date | null

  @Field(() => String, {
    nullable: true,
    description:
      'A part of the number, in any case, with or without its dashes: "7f3k9q", "at 2026 7F3K". Up to 50 characters.',
  })
  @Text({ min: 0, max: 50 })
  search?: string | null

  @Field(() => UUID, { nullable: true, description: 'Assigned to this factory.' })
  factoryId?: string | null

  @Field(() => UUID, { nullable: true, description: 'Placed by this customer.' })
  customerId?: string | null

  @Field(() => Boolean, { nullable: true, description: 'True: in PRODUCTION past the deadline. False: all others.' })
  overdue?: boolean | null
}

@ArgsType()
export class OrdersArgs extends ForwardPageArgs {
  @Field(() => OrderFilter, { nullable: true, description: 'All that the viewer may list when absent.' })
  @ValidateNested()
  filter?: OrderFilter | null
}
