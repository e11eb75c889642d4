import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can } from '../../../platform/graphql/marks.js'
import { UUID } from '../../../platform/graphql/scalars.js'
import { selectionOf } from '../../../platform/graphql/selection-of.js'
import type { FactoryKeyQuery } from './factory-key.query.js'
import type { FactoryKeyService } from './factory-key.service.js'
import { FactoryKey } from './factory-key.type.js'

@Resolver()
export class FactoryKeyResolver {
  constructor(
    private readonly keys: FactoryKeyService,
    private readonly keysQuery: FactoryKeyQuery,
  ) {}

  @Can('factory-key.manage')
  @Query(() => [FactoryKey], {
    description:
      'The API keys of a factory, the newest first: all that are good, and of the revoked ones the latest, 100 in all. NOT_FOUND for an unknown factory. ADMIN only.',
  })
  factoryKeys(
    @Arg('factoryId', () => UUID, { description: 'Of the factory.' }) factoryId: string,
    @Info() info: GraphQLResolveInfo,
  ): Promise<FactoryKey[]> {
    return this.keysQuery.ofFactory(factoryId, selectionOf(info))
  }

  @Can('factory-key.manage')
  @Mutation(() => String, {
    description:
      "An API key for a factory's own programs, shown this once. Sent as `Authorization: Bearer …`, on sockets as `connectionParams.authorization`, it acts with role FACTORY; what is personal is FORBIDDEN to it. It does not expire: revokeFactoryKey. NOT_FOUND for an unknown factory, CONFLICT when it has 20 keys. ADMIN only.",
  })
  issueFactoryKey(
    @Arg('factoryId', () => UUID, { description: 'The factory for which it acts.' }) factoryId: string,
    @Ctx() context: Context,
  ): Promise<string> {
    return this.keys.issue(context.viewer, factoryId, context)
  }

  @Can('factory-key.manage')
  @Mutation(() => FactoryKey, {
    description:
      'Ends an API key: it is refused within 2 seconds, and its sockets are closed with 4403. Revoking it again changes nothing. NOT_FOUND for an unknown one. ADMIN only.',
  })
  async revokeFactoryKey(
    @Arg('id', () => UUID, { description: 'Of the key, from factoryKeys.' }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<FactoryKey> {
    await this.keys.revoke(context.viewer, id, context)
    return this.keysQuery.byId(id, selectionOf(info))
  }
}
