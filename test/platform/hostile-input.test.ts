import { expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import { openAccount } from '../testkit/account.js'
import { TestClient } from '../testkit/client.js'
import { startTestServer } from '../testkit/server.js'
import { addItem, addOrder } from '../testkit/shop-rows.js'

const server = await startTestServer()
const { prisma } = server.platform.database
const visitor = new TestClient(server)
const { id: customerId, client } = await openAccount(server)
const designer = await openAccount(server, 'DESIGNER')
const itemId = await addItem(prisma, { designerId: designer.id })

const print = { widthMm: 1000, heightMm: 500, material: 'Vinyl 440 g' }
const deliveryAddress = {
  recipient: 'Anna',
  phone: '+79991234567',
  city: 'Tver',
  street: 'Mira, 1',
  postalCode: '170000',
}

const ORDER = /* GraphQL */ `
  mutation HostileOrder($input: CreateOrderInput!) { createOrder(input: $input) { id } }`

const PAY = /* GraphQL */ `
  mutation HostilePay($input: PayOrderInput!) { payOrder(input: $input) { id } }`

test.for(['\0', '\ud800'])(
  'what the database cannot keep, %j, is wrong input in every text of an order',
  async (bad) => {
    const input = {
      lines: [{ itemId, print: { ...print, material: bad, elements: ['logo', bad] } }],
      deliveryAddress: { ...deliveryAddress, city: `T${bad}` },
      note: bad,
    }
    const { errors } = await client.ask(ORDER, { input })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(errors[0]?.extensions.fields?.map(({ path }) => path).sort()).toEqual([
      'input.deliveryAddress.city',
      'input.lines.0.print.elements',
      'input.lines.0.print.material',
      'input.note',
    ])
    expect(await client.codeOf(ORDER, { input: { lines: [{ itemId, print }], deliveryAddress, note: '👍' } })).toBe(
      'ok',
    )
  },
)

test.for(['https://shop.example/\0', 'https://shop.example/\ud800'])(
  '%j is no address to return to',
  async (returnUrl) => {
    const orderId = await addOrder(prisma, { customerId, itemIds: [itemId], status: 'CREATED' })
    const { errors } = await client.ask(PAY, { input: { orderId, returnUrl } })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.returnUrl' }] })
  },
)

test('an input given as null is the same input as one left out, for a key that comes again', async () => {
  const CREATE = /* GraphQL */ `
    mutation HostileDraw($input: CreateGenerationInput!) { createGeneration(input: $input) { id } }`
  const input = { prompt: 'A red bicycle', width: 256, height: 256, idempotencyKey: newId() }
  const first = await client.get<{ createGeneration: { id: string } }>(CREATE, { input })
  expect(await client.get(CREATE, { input: { ...input, style: null, negativePrompt: null } })).toEqual(first)
  expect(await client.codeOf(CREATE, { input: { ...input, style: 'malevich' } })).toBe('IDEMPOTENCY_CONFLICT')
})

test('null for an argument that has a default is the caller’s mistake, first time and compiled', async () => {
  const document = 'query Prices($locale: String) { plans { price { formatted(locale: $locale) } } }'
  for (let use = 0; use < 4; use++) {
    const { errors } = await visitor.ask(document, { locale: null })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'locale' }] })
  }
})

test('five hundred repeats of a field are too complex, with and without fields below', async () => {
  for (const field of ['__typename ', 'plans { tier } '])
    expect(await visitor.codeOf(`{ ${field.repeat(500)} }`)).toBe('QUERY_TOO_COMPLEX')
})
