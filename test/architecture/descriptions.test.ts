import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { undescribed } from './descriptions.js'
import { servedSchema } from './served-schema.js'

test('everything in the schema is described', () => {
  expect(undescribed(servedSchema)).toEqual([])
})

test('silence, a word and a repeated name are no descriptions', () => {
  const schema = buildSchema(`
    type Query {
      "The orders of the viewer, newest first."
      orders(
        "How many, 0 to 100."
        first: Int
        after: String
      ): Order
    }
    "Short."
    type Order {
      "The tracking number."
      trackingNumber: String
      "Where the parcel is, by its carrier."
      carrier: Carrier
    }
    "Who brings the parcel."
    enum Carrier { POST }
    input Unseen { field: Int }
  `)
  expect(undescribed(schema).sort()).toEqual([
    'Carrier.POST',
    'Order',
    'Order.trackingNumber',
    'Query.orders(after:)',
    'Unseen',
    'Unseen.field',
  ])
})
