import { Arg, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql'
import { Currency } from '../../generated/prisma/enums.js'
import { inputError } from '../../kernel/domain-error.js'
import { formatMoney } from '../../kernel/money.js'
import { describeEnum } from './describe-enum.js'
import { SafeInt } from './scalars.js'

describeEnum(Currency, 'Currency', 'The currency of an amount, by ISO 4217.', {
  RUB: 'Russian rouble; minor unit kopeck. The default everywhere.',
  USD: 'US dollar; minor unit cent.',
  EUR: 'Euro; minor unit cent.',
})

@ObjectType('Money', { description: 'An amount of money. Never a float.', simpleResolvers: true })
export class MoneyType {
  @Field(() => SafeInt, { description: 'In minor units: 220000 is 2 200 roubles.' })
  amount!: bigint | number

  @Field(() => Currency, { description: 'What the minor units are of.' })
  currency!: Currency
}

@Resolver(() => MoneyType)
export class MoneyResolver {
  @FieldResolver(() => String, { description: 'The amount as a person reads it: "2 200,00 ₽". For display only.' })
  formatted(
    @Root() money: MoneyType,
    @Arg('locale', () => String, {
      defaultValue: 'ru-RU',
      description: 'A BCP 47 locale; a malformed one is BAD_USER_INPUT.',
    })
    locale: string,
  ): string {
    try {
      return formatMoney({ amount: BigInt(money.amount), currency: money.currency }, locale)
    } catch {
      throw inputError([{ path: 'locale', message: 'must be a BCP 47 locale, such as ru-RU' }])
    }
  }
}
