import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { newId } from '../../src/kernel/ids.js'
import { createTestDatabase } from '../testkit/database.js'

describe('the ledger, as the database keeps it', () => {
  let client: pg.Client

  beforeAll(async () => {
    const { url } = await createTestDatabase()
    client = new pg.Client({ connectionString: url })
    await client.connect()
  })

  afterAll(() => client.end())

  const account = async (kind: string, currency = 'RUB') => {
    const id = newId()
    await client.query(
      'INSERT INTO ledger_accounts (id, kind, owner_id, provider, currency) VALUES ($1, $2, NULL, NULL, $3) ON CONFLICT DO NOTHING',
      [id, kind, currency],
    )
    const { rows } = await client.query<{ id: string }>(
      'SELECT id FROM ledger_accounts WHERE kind = $1 AND currency = $2',
      [kind, currency],
    )
    return rows[0]?.id
  }

  /** Writes one transaction with lines of [account kind, amount, balance after]. @returns its id, once committed */
  const move = async (...lines: [kind: string, amount: number, balanceAfter: number][]) => {
    const accounts = await Promise.all(lines.map(([kind]) => account(kind)))
    const transactionId = newId()
    await client.query('BEGIN')
    try {
      await client.query(
        "INSERT INTO ledger_transactions (id, kind, currency, occurred_at) VALUES ($1, 'DEPOSIT', 'RUB', now())",
        [transactionId],
      )
      for (const [index, [, amount, balanceAfter]] of lines.entries()) {
        await client.query(
          'INSERT INTO ledger_lines (id, transaction_id, account_id, amount, balance_after) VALUES ($1, $2, $3, $4, $5)',
          [newId(), transactionId, accounts[index], amount, balanceAfter],
        )
      }
      await client.query('COMMIT')
      return transactionId
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    }
  }

  test('takes a transaction whose lines sum to zero', async () => {
    await expect(move(['PROVIDER_CLEARING', -500, -500], ['CUSTOMER_BALANCE', 500, 500])).resolves.toBeDefined()
  })

  test('refuses at commit a transaction whose lines do not sum to zero', async () => {
    await expect(move(['PROVIDER_CLEARING', -500, -500], ['CUSTOMER_BALANCE', 499, 499])).rejects.toMatchObject({
      code: '23514',
      constraint: 'ledger_lines_sum_check',
    })
  })

  test('refuses a line added later to a transaction that was settled', async () => {
    const transactionId = await move(['PROVIDER_CLEARING', -1, -1], ['CUSTOMER_BALANCE', 1, 1])

    await expect(
      client.query(
        'INSERT INTO ledger_lines (id, transaction_id, account_id, amount, balance_after) VALUES ($1, $2, $3, 7, 7)',
        [newId(), transactionId, await account('REVENUE')],
      ),
    ).rejects.toMatchObject({ constraint: 'ledger_lines_sum_check' })
  })

  test("refuses to overdraw a customer's balance, while the provider's side may be negative", async () => {
    await expect(move(['CUSTOMER_BALANCE', -1, -1], ['REVENUE', 1, 1])).rejects.toMatchObject({
      constraint: 'ledger_lines_balance_check',
    })
  })

  test('refuses an account in another currency', async () => {
    const dollars = await account('REVENUE', 'USD')
    const transactionId = await move(['PROVIDER_CLEARING', -1, -1], ['CUSTOMER_BALANCE', 1, 1])

    await expect(
      client.query(
        'INSERT INTO ledger_lines (id, transaction_id, account_id, amount, balance_after) VALUES ($1, $2, $3, 0, 0)',
        [newId(), transactionId, dollars],
      ),
    ).rejects.toMatchObject({ constraint: 'ledger_lines_currency_check' })
  })

  test.each([
    'UPDATE ledger_lines SET amount = 0',
    'DELETE FROM ledger_lines',
    "UPDATE ledger_transactions SET currency = 'USD'",
    'DELETE FROM ledger_transactions',
    'TRUNCATE ledger_lines, ledger_transactions',
  ])('is append-only: %s is refused', async (sql) => {
    await expect(client.query(sql)).rejects.toMatchObject({
      code: '23001',
      message: expect.stringContaining('append-only'),
    })
  })

  test('has one account per kind, owner, provider and currency, with nothing counting as a value', async () => {
    await account('REVENUE')

    await expect(
      client.query("INSERT INTO ledger_accounts (id, kind, currency) VALUES ($1, 'REVENUE', 'RUB')", [newId()]),
    ).rejects.toMatchObject({ code: '23505' })
  })
})
