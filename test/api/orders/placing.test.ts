import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { CREATE, QUOTE } from './operations.js'
import { address, openOrderDesk, print } from './order-desk.js'

const desk = await openOrderDesk()
const { client } = desk.customer

const wrongPaths = async (input: Record<string, unknown>, document = CREATE) => {
  const { errors } = await client.ask(document, { input })
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  return errors[0]?.extensions.fields?.map(({ path }) => path).sort()
}

describe('quote', () => {
  it('asks what createOrder charges, and warns about prints', async () => {
    await desk.addFactory()
    const generationId = await desk.addGeneration()
    const lines = [
      { generationId, productType: 'BANNER', quantity: 2, print: { ...print, elements: ['logo', 'phone'] } },
      { itemId: await desk.addItem({ priceAmount: 99_900n }), print },
    ]
    const { quote } = await client.get<{
      quote: { total: { amount: number }; lines: { warnings: { kind: string; dpi: number | null }[] }[] }
    }>(QUOTE, { input: { lines, deadlineDays: 6 } })
    expect(quote).toMatchObject({
      subtotal: { amount: 399_900 },
      rushFee: { amount: 20_000 },
      total: { amount: 419_900, currency: 'RUB' },
      productionDays: 5,
    })
    expect(quote.lines[0]?.warnings).toMatchObject([
      { kind: 'LOW_RESOLUTION', dpi: 26 },
      { kind: 'ASPECT_MISMATCH', dpi: null },
      { kind: 'RGB_SOURCE', dpi: null },
    ])
    expect((await desk.place({ lines, deadlineDays: 6 })) as object).toMatchObject({ total: { amount: 419_900 } })
  })

  it('takes no days for files, and is for signed-in people', async () => {
    const lines = [{ itemId: await desk.addItem({ productType: 'DIGITAL' }) }]
    expect(await client.get(QUOTE, { input: { lines } })).toMatchObject({ quote: { productionDays: 0 } })
    expect(await new TestClient(desk.server).codeOf(QUOTE, { input: { lines } })).toBe('UNAUTHENTICATED')
  })
})

describe('createOrder names the path of', () => {
  it('a source that is missing, doubled, unknown, unpublished or of somebody else', async () => {
    const itemId = await desk.addItem()
    const generationId = await desk.addGeneration()
    const foreign = await desk.addGeneration((await openAccount(desk.server)).id)
    const draft = await desk.addItem({ status: 'DRAFT' })
    const lines = [
      { print },
      { itemId, generationId, print },
      { itemId: newId(), print },
      { itemId: draft, print },
      { generationId: foreign, productType: 'BANNER', print },
    ]
    expect(await wrongPaths({ lines, deliveryAddress: address })).toEqual([
      'input.lines.0.itemId',
      'input.lines.1.itemId',
      'input.lines.2.itemId',
      'input.lines.3.itemId',
      'input.lines.4.generationId',
    ])
  })

  it('specs, address, factory and product type that do not fit, together', async () => {
    const lines = [
      { itemId: await desk.addItem(), productType: 'STANDEE', print },
      { itemId: await desk.addItem() },
      { generationId: await desk.addGeneration(), print },
    ]
    expect(await wrongPaths({ lines, factoryId: newId() })).toEqual([
      'input.deliveryAddress',
      'input.factoryId',
      'input.lines.0.productType',
      'input.lines.1.print',
      'input.lines.2.productType',
    ])
  })

  it('numbers and texts out of bounds, together', async () => {
    const lines = [{ itemId: await desk.addItem(), quantity: 0, print: { ...print, widthMm: 0, material: '  ' } }]
    const wrong = { ...address, country: 'Russia', postalCode: ' ' }
    expect(
      await wrongPaths({ lines, deliveryAddress: wrong, deadlineDays: 0, note: 'x'.repeat(2_001), idempotencyKey: '' }),
    ).toEqual([
      'input.deadlineDays',
      'input.deliveryAddress.country',
      'input.deliveryAddress.postalCode',
      'input.idempotencyKey',
      'input.lines.0.print.material',
      'input.lines.0.print.widthMm',
      'input.lines.0.quantity',
      'input.note',
    ])
    expect(await wrongPaths({ lines: [] })).toEqual(['input.lines'])
  })

  it('a total that no payment can be', async () => {
    const lines = [{ itemId: await desk.addItem({ priceAmount: 50_000_001n }), quantity: 2, print }]
    expect(await wrongPaths({ lines, deliveryAddress: address })).toEqual(['input.lines'])
    expect(await wrongPaths({ lines }, QUOTE)).toEqual(['input.lines'])
  })
})

describe('an idempotency key', () => {
  it('makes one order of twenty calls at the same moment', async () => {
    const input = {
      lines: [{ itemId: await desk.addItem(), print }],
      deliveryAddress: address,
      idempotencyKey: newId(),
    }
    const placed = await Promise.all(Array.from({ length: 20 }, () => desk.place(input)))
    expect(new Set(placed.map(({ id }) => id)).size).toBe(1)
    expect(await desk.prisma.orderEvent.count({ where: { orderId: placed[0]?.id ?? '' } })).toBe(1)
    expect(await client.codeOf(CREATE, { input: { ...input, deadlineDays: 30 } })).toBe('IDEMPOTENCY_CONFLICT')
  })

  it('that met wrong input can be used again', async () => {
    const idempotencyKey = newId()
    const lines = [{ itemId: await desk.addItem(), print }]
    expect(await wrongPaths({ lines, idempotencyKey })).toEqual(['input.deliveryAddress'])
    expect((await desk.place({ lines, idempotencyKey })).status).toBe('CREATED')
  })
})
