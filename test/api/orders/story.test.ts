import { describe, expect, it } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { ADVANCE, COMPLETE, SHIP } from './operations.js'
import { address, openOrderDesk, print } from './order-desk.js'

const desk = await openOrderDesk()
const factoryId = await desk.addFactory()
const factory = await desk.staffOf(factoryId)

describe('an order of a generated design', () => {
  it('is paid, produced, shipped and received, and its history tells all of it', async () => {
    const generationId = await desk.addGeneration()
    const placed = await desk.place({
      lines: [{ generationId, productType: 'BANNER', print: { ...print, elements: ['logo', 'slogan', 'phone'] } }],
      deadlineDays: 5,
      note: '  Fragile  ',
    })
    expect(placed).toMatchObject({
      status: 'CREATED',
      number: expect.stringMatching(/^AT-\d{4}-[34679ACDEFGHJKMNPQRTUWXY]{6}$/),
      total: { amount: 220_000 },
      rushFee: { amount: 20_000 },
      allowedTransitions: ['CANCELLED'],
      deliveryAddress: { recipient: address.recipient, country: 'RU' },
      note: 'Fragile',
      lines: [
        {
          title: 'A red fox reads a newspaper',
          print: { widthMm: 1_000, finish: null, elements: ['logo', 'slogan', 'phone'] },
        },
      ],
    })

    await desk.pay(placed.id)
    const assigned = await desk.until(placed.id, ({ status }) => status === 'PRODUCTION')
    expect(assigned).toMatchObject({ factory: { id: factoryId }, productionStage: 'QUEUED', allowedTransitions: [] })
    expect(assigned.payments).toMatchObject([{ status: 'SUCCEEDED', amount: { amount: 220_000 } }])
    const days = (Date.parse(assigned.productionDeadline ?? '') - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(4.9)
    expect(days).toBeLessThan(5.1)

    for (const stage of ['IN_PROGRESS', 'QUALITY_CHECK', 'READY'])
      expect(await factory.client.get<object>(ADVANCE, { orderId: placed.id, stage })).toMatchObject({
        advanceProduction: { productionStage: stage },
      })
    expect(await factory.client.get(SHIP, { orderId: placed.id, trackingNumber: 'RB123' })).toMatchObject({
      shipOrder: { status: 'SHIPPED', trackingNumber: 'RB123', factory: { currentLoad: 0 } },
    })
    expect(await desk.customer.client.get(COMPLETE, { id: placed.id })).toMatchObject({
      completeOrder: { status: 'COMPLETED' },
    })

    const { history } = await desk.see(placed.id)
    expect(history.map(({ type, fromStatus, toStatus }) => [type, fromStatus, toStatus])).toEqual([
      ['CREATED', null, 'CREATED'],
      ['STATUS_CHANGED', 'CREATED', 'PAID'],
      ['PAYMENT_SUCCEEDED', null, 'PAID'],
      ['STATUS_CHANGED', 'PAID', 'PRODUCTION'],
      ['FACTORY_ASSIGNED', null, 'PRODUCTION'],
      ['PRODUCTION_STAGE_CHANGED', null, 'PRODUCTION'],
      ['PRODUCTION_STAGE_CHANGED', null, 'PRODUCTION'],
      ['PRODUCTION_STAGE_CHANGED', null, 'PRODUCTION'],
      ['STATUS_CHANGED', 'PRODUCTION', 'SHIPPED'],
      ['TRACKING_ADDED', null, 'SHIPPED'],
      ['STATUS_CHANGED', 'SHIPPED', 'COMPLETED'],
    ])
  })

  it('that is declined stays CREATED and says so, and can be paid by another attempt', async () => {
    const { id } = await desk.place()
    await desk.pay(id, 'decline')
    const declined = await desk.until(id, ({ history }) => history.some(({ type }) => type === 'PAYMENT_FAILED'))
    expect(declined.status).toBe('CREATED')
    await desk.pay(id)
    await desk.until(id, ({ status }) => status === 'PRODUCTION')
  })
})

describe('an order of files alone', () => {
  it('needs no address, is completed by its payment, counts a sale, and only then gives its files away', async () => {
    const previewId = await addPreview()
    const itemId = await desk.addItem({
      productType: 'DIGITAL',
      previews: { create: { position: 0, assetId: previewId } },
    })
    const placed = await desk.place({ lines: [{ itemId }], deliveryAddress: null })
    expect((await desk.see(placed.id)).lines[0]?.files).toEqual([])
    await desk.pay(placed.id)
    const done = await desk.until(placed.id, ({ status }) => status === 'COMPLETED')
    expect(done.lines[0]?.files).toEqual([{ id: previewId }])
    expect(done).toMatchObject({ factory: null, deliveryAddress: null })
    expect(await desk.prisma.marketplaceItem.findUniqueOrThrow({ where: { id: itemId } })).toMatchObject({
      salesCount: 1,
    })
  })
})

async function addPreview(): Promise<string> {
  const owner = await openAccount(desk.server, 'DESIGNER')
  const generationId = await desk.addGeneration(owner.id)
  const { assetId } = await desk.prisma.generationImage.findFirstOrThrow({ where: { generationId } })
  return assetId
}
