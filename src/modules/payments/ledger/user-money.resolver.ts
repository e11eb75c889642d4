import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql'
import type { Money } from '../../../kernel/money.js'
import type { Page } from '../../../platform/database/page.js'
import { ForwardPageArgs } from '../../../platform/graphql/connection.type.js'
import type { Context } from '../../../platform/graphql/context.js'
import { MoneyType } from '../../../platform/graphql/money.type.js'
import { selectionOf } from '../../../platform/graphql/selection-of.js'
import { User } from '../../users/index.js'
import type { LedgerQuery } from './ledger.query.js'
import { type LedgerEntry, LedgerEntryConnection } from './ledger-entry.type.js'

@Resolver(() => User)
export class UserMoneyResolver {
  constructor(private readonly ledgers: LedgerQuery) {}

  @FieldResolver(() => MoneyType, {
    description:
      'What the user can pay with: the sum of `ledger`, never below zero. What a designer owes of a refund that it could not cover is kept from their next earnings. FORBIDDEN to others than the user and staff.',
  })
  balance(@Root() user: User, @Ctx() { viewer }: Context): Promise<Money> {
    return this.ledgers.balance(viewer, user)
  }

  @FieldResolver(() => LedgerEntryConnection, {
    description:
      'Every change of `balance`, newest first. Orders paid through a provider do not touch it. FORBIDDEN to others than the user and staff.',
  })
  ledger(
    @Root() user: User,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<LedgerEntry>> {
    return this.ledgers.entries(viewer, user, page, selectionOf(info))
  }
}
