import { ValidateNested } from 'class-validator'
import { ArgsType, Field } from 'type-graphql'
import { ForwardPageArgs } from '../../platform/graphql/connection.type.js'
import { Text } from '../../platform/graphql/text-rule.js'
import { ItemFilter } from './item-filter.input.js'
import { ItemSort } from './item-sort.js'

@ArgsType()
export class MarketplaceItemsArgs extends ForwardPageArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Up to 200 characters. Every word must occur in the title, the description or a tag, as it is written; case does not matter.',
  })
  @Text({ min: 0, max: 200 })
  search?: string | null

  @Field(() => ItemFilter, { nullable: true, description: 'Combined with `search`.' })
  @ValidateNested()
  filter?: ItemFilter | null

  @Field(() => ItemSort, { nullable: true, description: 'NEWEST when absent.' })
  sort?: ItemSort | null
}
