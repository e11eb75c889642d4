import { ArgsType, Field } from 'type-graphql'
import { ForwardPageArgs } from '../../platform/graphql/connection.type.js'
import { ProductType } from '../marketplace/index.js'

@ArgsType()
export class FactoriesArgs extends ForwardPageArgs {
  @Field(() => ProductType, { nullable: true, description: 'Only factories that print this.' })
  productType?: ProductType | null
}
