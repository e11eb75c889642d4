import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Info, Query, Resolver } from 'type-graphql'
import type { Page } from '../../platform/database/page.js'
import { Open } from '../../platform/graphql/marks.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { FactoriesArgs } from './factories.args.js'
import type { FactoryQuery } from './factory.query.js'
import { Factory, FactoryConnection } from './factory.type.js'

@Resolver(() => Factory)
export class FactoryResolver {
  constructor(private readonly factoriesQuery: FactoryQuery) {}

  @Open()
  @Query(() => FactoryConnection, { description: 'Factories that take orders, the best rated first.' })
  factories(@Args(() => FactoriesArgs) args: FactoriesArgs, @Info() info: GraphQLResolveInfo): Promise<Page<Factory>> {
    return this.factoriesQuery.active(args.productType ?? null, args, selectionOf(info))
  }

  @Open()
  @Query(() => Factory, { nullable: true, description: 'One factory, active or not. NOT_FOUND when there is none.' })
  factory(
    @Arg('id', () => UUID, { description: 'Of the factory.' }) id: string,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Factory> {
    return this.factoriesQuery.byId(id, selectionOf(info))
  }
}
