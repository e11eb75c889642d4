import { type Account, accountKey } from '../../../modules/payments/index.js'
import { demoId } from './demo-calendar.js'
import type { DemoWorld } from './demo-world.js'

interface Book {
  readonly id: string
  balance: bigint
}

/** Writes the ledger: every movement in the order of time, each account's lines with ids that sort as its balance changed. */
export function bookMovements({ movements, rows, calendar }: DemoWorld): void {
  const books = new Map<string, Book>()
  const opened = calendar.at(365, '00:00')
  const bookOf = (account: Account): Book => {
    const key = accountKey(account)
    const known = books.get(key)
    if (known) return known
    const { kind, ownerId = null, provider = null } = account
    const book = { id: demoId(opened, `account ${key}`), balance: 0n }
    books.set(key, book)
    rows.ledgerAccounts.push({ id: book.id, kind, ownerId, provider, currency: 'RUB' })
    return book
  }
  let last = 0
  const inOrder = [...movements].sort((left, right) => left.at.getTime() - right.at.getTime())
  for (const { movement, at } of inOrder) {
    const { kind, currency, paymentId, orderId, lines } = movement
    // A millisecond for each line, so that no two ids of an account have the same time.
    const begins = Math.max(at.getTime(), last + 1)
    last = begins + lines.length
    const transactionId = demoId(
      at,
      `transaction ${kind} ${paymentId ?? orderId} ${lines.map(({ account }) => accountKey(account)).join()}`,
    )
    rows.ledgerTransactions.push({ id: transactionId, kind, currency, paymentId, orderId, occurredAt: at })
    for (const [index, { account, amount }] of lines.entries()) {
      const book = bookOf(account)
      book.balance += amount
      const id = demoId(new Date(begins + index), `line ${index} of ${transactionId}`)
      rows.ledgerLines.push({ id, transactionId, accountId: book.id, amount, balanceAfter: book.balance })
    }
  }
}
