import { page, value } from '../../../platform/database/shape.js'
import { userShape } from '../../users/index.js'
import { ledgerEntryShape } from './ledger-entry.shape.js'

/** The sum of the lines of the balance of the user `row`; 0 without an account. */
export const balanceSql = (row: string): string => `(
  select json_build_object('amount', coalesce(sum(l.amount), 0), 'currency', 'RUB')
  from ledger_accounts a join ledger_lines l on l.account_id = a.id
  where a.owner_id = ${row}.id and a.kind = 'CUSTOMER_BALANCE' and a.currency = 'RUB')`

/** Lets a user be read together with the user's money. */
export function addMoneyToUsers(): void {
  userShape.extend({
    balance: value(balanceSql),
    ledger: page(
      () => ledgerEntryShape,
      (user, entry) => `${entry}.owner_id = ${user}.id`,
      { keys: ['id'], descending: true },
    ),
  })
}
