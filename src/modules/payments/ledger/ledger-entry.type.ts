import { Field, ObjectType } from 'type-graphql'
import { connectionOf } from '../../../platform/graphql/connection.type.js'
import { MoneyType } from '../../../platform/graphql/money.type.js'
import { DateTime, UUID } from '../../../platform/graphql/scalars.js'
import { LedgerEntryKind } from '../payment.enums.js'
import { Payment } from '../payment.type.js'

@ObjectType({ description: 'One change of a balance. All of them sum to the balance.', simpleResolvers: true })
export class LedgerEntry {
  @Field(() => UUID, { description: 'Sorts by the order in which the balance changed.' })
  id!: string

  @Field(() => LedgerEntryKind, { description: 'Why the balance changed.' })
  kind!: LedgerEntryKind

  @Field(() => MoneyType, { description: 'Positive: the balance grew. Negative: it shrank.' })
  amount!: MoneyType

  @Field(() => MoneyType, { description: 'The balance right after this change.' })
  balanceAfter!: MoneyType

  @Field(() => Payment, { nullable: true, description: 'The payment behind it, if there is one.' })
  payment!: Payment | null

  @Field(() => DateTime, { description: 'When it was booked.' })
  occurredAt!: string
}

export const LedgerEntryConnection = connectionOf(LedgerEntry, 'LedgerEntry')
