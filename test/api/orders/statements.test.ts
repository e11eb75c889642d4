import { describe, expect, it } from 'vitest'
import { openOrderDesk, print } from './order-desk.js'

const desk = await openOrderDesk()
const factoryId = await desk.addFactory({ capacity: 100 })

const FIELDS = `
  id number status allowedTransitions total { amount formatted } deliveryAddress { city }
  lines { title quantity files { id } item { title designer { displayName } previews { id } } generation { prompt } }
  payments { status amount { amount } refunds { status } }
  customer { displayName email }
  factory { name currentLoad }
  history { type cursor actor { displayName } }
  lastEventCursor
  messages(last: 1) { nodes { body sender { displayName } } }`
const ONE = `query OrderInOneStatement($id: UUID!) { order(id: $id) { ${FIELDS} } }`
const MANY = `query OrdersInOneStatement { orders(first: 20) { nodes { ${FIELDS} } pageInfo { hasNextPage } } }`
const MINE = `query MyOrdersInOneStatement { me { orders(first: 20) { nodes { ${FIELDS} } } } }`

const ids: string[] = []
for (let count = 0; count < 8; count++) {
  const lines = [
    { itemId: await desk.addItem(), print },
    { generationId: await desk.addGeneration(), productType: 'BANNER', print },
  ]
  ids.push((await (count < 2 ? desk.placeAndPay({ lines }) : desk.place({ lines }))).id)
}

describe('with lines, items, files, payments, customer, factory, history and the last message,', () => {
  const reads = async (document: string, variables?: Record<string, unknown>) => {
    return desk.server.statements.during(() => desk.customer.client.get(document, variables))
  }

  it('an order is one statement', async () => {
    expect(await reads(ONE, { id: ids[0] })).toHaveLength(1)
  })

  it('a page of orders is one statement', async () => {
    expect(await reads(MANY)).toHaveLength(1)
  })

  it("a page of one's own orders is one statement", async () => {
    expect(await reads(MINE)).toHaveLength(1)
  })

  it('and says what is there', async () => {
    const { order } = await desk.customer.client.get<{ order: object }>(ONE, { id: ids[0] })
    expect(order).toMatchObject({
      status: 'PRODUCTION',
      lines: [{ item: { title: 'A banner' } }, { generation: { prompt: 'A red fox reads a newspaper' } }],
      payments: [{ status: 'SUCCEEDED', refunds: [] }],
      factory: { currentLoad: 2 },
      customer: { displayName: 'Test USER' },
      messages: { nodes: [{ body: 'Заказ печатает «A factory».', sender: null }] },
    })
    expect(factoryId).toBeTruthy()
  })
})
