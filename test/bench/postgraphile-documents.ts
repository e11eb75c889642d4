import { ITEMS_FIRST, type OperationName, ORDERS_FIRST } from './operations.js'

/** The same questions in the schema that PostGraphile makes of the tables. */
export const documents: Readonly<Record<OperationName, string>> = {
  order: /* GraphQL */ `query BenchOrder($id: UUID!) {
    order: ownOrder(id: $id) {
      rowId number status createdAt currency subtotalAmount totalAmount
      customer: userByCustomerId { rowId displayName email }
      lines: orderLinesByOrderId(orderBy: POSITION_ASC) {
        nodes { rowId title productType quantity unitAmount totalAmount print }
      }
      payments(orderBy: [CREATED_AT_ASC, ROW_ID_ASC]) { nodes { rowId provider status amount currency createdAt paidAt } }
    }
  }`,
  'my orders': /* GraphQL */ `query BenchOrders {
    orders: ownOrders(first: ${ORDERS_FIRST}) {
      nodes {
        rowId number status createdAt currency totalAmount
        lines: orderLinesByOrderId(orderBy: POSITION_ASC) { nodes { rowId title quantity totalAmount } }
        payments(orderBy: [CREATED_AT_ASC, ROW_ID_ASC]) { nodes { rowId status amount currency paidAt } }
        messages: chatMessagesByOrderId(last: 1, orderBy: NUMBER_ASC) {
          nodes { rowId senderRole body createdAt sender: userBySenderId { rowId displayName } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  marketplace: /* GraphQL */ `query BenchItems($minPrice: BigInt!) {
    marketplaceItems: benchPublishedItems(first: ${ITEMS_FIRST}, minPrice: $minPrice) {
      nodes {
        rowId title productType priceAmount currency rating reviewCount tags
        designer: userByDesignerId { rowId displayName }
        reviews: reviewsByItemId(first: 3, condition: { isVisible: true }, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) {
          nodes { rowId rating comment createdAt author: userByAuthorId { rowId displayName } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  'create order': /* GraphQL */ `mutation BenchCreateOrder($input: JSON!) {
    createOrder: placeOrder(input: $input) {
      rowId number status createdAt currency subtotalAmount totalAmount deliveryAddress
      lines: orderLinesByOrderId(orderBy: POSITION_ASC) {
        nodes { rowId title productType quantity unitAmount totalAmount print }
      }
    }
  }`,
}

type Row = Readonly<Record<string, unknown>>

/** Its answers in the form of schema.graphql: other names, money as two columns, bigints as texts. */
export const fromPostgraphile: Readonly<Record<OperationName, (data: Row) => unknown>> = {
  order: ({ order }) => ({ order: renamed(order) }),
  'my orders': ({ orders }) => ({ orders: renamed(orders) }),
  marketplace: ({ marketplaceItems }) => ({ marketplaceItems: renamed(marketplaceItems) }),
  'create order': ({ createOrder }) => ({ createOrder: renamed(createOrder) }),
}

const MONEY: Readonly<Record<string, string>> = {
  subtotalAmount: 'subtotal',
  totalAmount: 'total',
  unitAmount: 'unitPrice',
  priceAmount: 'price',
  amount: 'amount',
}

// Plain lists in our schema, connections in PostGraphile's.
const LISTS = new Set(['lines', 'payments'])
// JSON that PostGraphile answers whole.
const AS_IS = new Set(['print', 'tags'])

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one))
  if (value === null || typeof value !== 'object') return value
  const row = value as Row
  const entries = Object.entries(row).flatMap(([name, inner]): [string, unknown][] => {
    if (name === 'currency') return []
    if (name === 'rowId') return [['id', inner]]
    if (AS_IS.has(name)) return [[name, inner]]
    if (name === 'deliveryAddress') return [[name, addressOf(inner as Row)]]
    const money = MONEY[name]
    if (money) return [[money, { amount: Number(inner), currency: row.currency ?? 'RUB' }]]
    if (LISTS.has(name)) return [[name, renamed((inner as { nodes: unknown }).nodes)]]
    return [[name, renamed(inner)]]
  })
  return Object.fromEntries(entries)
}

const addressOf = ({ recipient, city, street }: Row): Row => ({ recipient, city, street })
