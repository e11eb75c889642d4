import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql'
import type { Page } from '../../platform/database/page.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can, Open } from '../../platform/graphql/marks.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { FactoriesArgs } from './factories.args.js'
import { FactoryInput } from './factory.input.js'
import type { FactoryQuery } from './factory.query.js'
import { Factory, FactoryConnection } from './factory.type.js'
import type { FactoryUpkeep } from './factory-upkeep.service.js'

@Resolver(() => Factory)
export class FactoryResolver {
  constructor(
    private readonly factoriesQuery: FactoryQuery,
    private readonly upkeep: FactoryUpkeep,
  ) {}

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

  @Can('factory.manage')
  @Mutation(() => Factory, {
    description:
      'Takes a factory in, or changes one. NOT_FOUND for an unknown id, CONFLICT when the capacity is below what it works on now. ADMIN only.',
  })
  async upsertFactory(
    @Arg('id', () => UUID, { nullable: true, description: 'The factory to change; a new one when absent.' })
    id: string | null | undefined,
    @Arg('input', () => FactoryInput, { description: 'All that is said of it, also what does not change.' })
    input: FactoryInput,
    @Ctx() { viewer, ip }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Factory> {
    const upserted = await this.upkeep.upsert(viewer, id ?? null, input, ip)
    return this.factoriesQuery.byId(upserted, selectionOf(info))
  }
}
