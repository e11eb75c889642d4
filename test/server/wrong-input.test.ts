import { describe, expect, test } from 'vitest'
import { openAccount } from '../testkit/account.js'
import { startTestServer } from '../testkit/server.js'

const server = await startTestServer()
const { client } = await openAccount(server)

const CREATE_ORDER = 'mutation($input: CreateOrderInput!) { createOrder(input: $input) { id } }'
const GENERATE = 'mutation($input: CreateGenerationInput!) { createGeneration(input: $input) { id } }'
const ITEM = '018f4e3a-0000-7000-8000-000000000000'

/** The paths of what was wrong, in one BAD_USER_INPUT. */
async function wrongPaths(document: string, variables: Record<string, unknown>): Promise<string[]> {
  const { errors } = await client.ask(document, variables)
  expect(errors.map(({ extensions }) => extensions.code)).toContain('BAD_USER_INPUT')
  return [...new Set(errors.flatMap(({ extensions }) => extensions.fields ?? []).map(({ path }) => path))].sort()
}

describe('a wrong value is named by where it stands', () => {
  test.each([
    ['text for a number', { lines: [{ itemId: ITEM, quantity: 'two' }] }, ['input.lines.0.quantity']],
    ['a number out of bounds', { lines: [{ itemId: ITEM, quantity: 0 }] }, ['input.lines.0.quantity']],
    [
      'an id that is none, in the second line',
      { lines: [{ itemId: ITEM }, { itemId: 'seven' }] },
      ['input.lines.1.itemId'],
    ],
    [
      'an unknown value of an enum',
      { lines: [{ itemId: ITEM, productType: 'POSTER' }] },
      ['input.lines.0.productType'],
    ],
    ['a missing field', {}, ['input.lines']],
    ['an empty key', { lines: [{ itemId: ITEM }], idempotencyKey: '' }, ['input.idempotencyKey']],
  ])('%s', async (_, input, paths) => {
    expect(await wrongPaths(CREATE_ORDER, { input })).toEqual(paths)
  })

  test('every one of several', async () => {
    const input = { prompt: 'ab', style: 'baroque', width: 100, height: 5_000, imageCount: 9 }

    expect(await wrongPaths(GENERATE, { input })).toEqual([
      'input.height',
      'input.imageCount',
      'input.prompt',
      'input.style',
      'input.width',
    ])
  })

  test('scalars that do not parse together with rules that are broken', async () => {
    const input = { email: 'no address', password: 'short', displayName: '' }
    const document = 'mutation($input: RegisterInput!) { register(input: $input) { user { id } } }'

    expect(await wrongPaths(document, { input })).toEqual(['input.displayName', 'input.email', 'input.password'])
  })
})
