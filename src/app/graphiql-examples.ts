import type { ExampleTab } from '../platform/http/graphiql-page.js'

const as = (person: 'customer' | 'factory'): string =>
  JSON.stringify({ authorization: `Bearer {{${person}.token.accessToken}}` }, null, 2)

const variables = (values: Record<string, unknown>): string => JSON.stringify(values, null, 2)

/**
 * The story of one order, a tab a step, to be run from left to right. `{{createOrder.id}}` stands for what an earlier tab
 * answered; the page puts it in.
 */
export const graphiqlExamples: readonly ExampleTab[] = [
  {
    query: `# Welcome to AdTime. Run the tabs from left to right:
# from a prompt to a delivered banner. What a tab answers is
# used by the next ones: see {{…}} in their variables and headers.
#
# 1. Sign in: who orders, and who prints.
mutation SignIn {
  customer: login(
    input: { email: "customer@adtime.test", password: "Adtime-demo-1" }
  ) {
    user { displayName role }
    token { accessToken expiresIn }
  }
  factory: login(
    input: { email: "factory@adtime.test", password: "Adtime-demo-1" }
  ) {
    user { displayName role }
    token { accessToken }
  }
}`,
  },
  {
    query: `# 2. Have a banner drawn. A job does it; the answer is PENDING.
mutation Draw($input: CreateGenerationInput!) {
  createGeneration(input: $input) { id status prompt width height progress }
}`,
    variables: variables({
      input: { prompt: 'Свежий хлеб каждое утро', style: 'khokhloma', width: 1024, height: 576 },
    }),
    headers: as('customer'),
  },
  {
    query: `# 3. Watch it being drawn: its state now, then every change,
# until it is done. Then open the image's url.
subscription Watch($id: UUID!) {
  generationUpdated(id: $id) { status progress images { url width height byteSize } }
}`,
    variables: variables({ id: '{{createGeneration.id}}' }),
    headers: as('customer'),
  },
  {
    query: `# 4. Order it as a banner. The server computes the price:
# three design elements in five days.
mutation Order($input: CreateOrderInput!) {
  createOrder(input: $input) {
    id number status
    lines { title quantity unitPrice { formatted } }
    rushFee { formatted } total { amount currency formatted }
    allowedTransitions lastEventCursor
  }
}`,
    variables: variables({
      input: {
        lines: [
          {
            generationId: '{{createGeneration.id}}',
            productType: 'BANNER',
            print: { widthMm: 1024, heightMm: 576, material: 'vinyl', elements: ['logo', 'headline', 'address'] },
          },
        ],
        deliveryAddress: { recipient: 'Анна Петрова', city: 'Москва', street: 'Тверская, 1', postalCode: '125009' },
        deadlineDays: 5,
      },
    }),
    headers: as('customer'),
  },
  {
    query: `# 5. Pay: open confirmationUrl in a new window, press Pay,
# come back.
mutation Pay($input: PayOrderInput!) {
  payOrder(input: $input) { id status amount { formatted } confirmationUrl expiresAt }
}`,
    variables: variables({ input: { orderId: '{{createOrder.id}}', provider: 'SANDBOX' } }),
    headers: as('customer'),
  },
  {
    query: `# 6. Follow the order. With "after", nothing since it was
# created is missed. Leave this running.
subscription Follow($orderId: UUID!, $after: Cursor) {
  orderStatusChanged(orderId: $orderId, after: $after) {
    type fromStatus toStatus productionStage note occurredAt
    actor { displayName } order { number status factory { name } }
  }
}`,
    variables: variables({ orderId: '{{createOrder.id}}', after: '{{createOrder.lastEventCursor}}' }),
    headers: as('customer'),
  },
  {
    query: `# 7. Who prints it? A factory was found once it was paid.
query MyOrder($id: UUID!) {
  order(id: $id) {
    number status productionStage productionDeadline factory { name location }
    payments { provider status amount { formatted } paidAt }
    history { type toStatus productionStage occurredAt }
    messages(last: 5) { nodes { senderRole body } }
  }
}`,
    variables: variables({ id: '{{createOrder.id}}' }),
    headers: as('customer'),
  },
  {
    query: `# 8. At the factory: the stages, one after another.
mutation Produce($orderId: UUID!) {
  start: advanceProduction(orderId: $orderId, stage: IN_PROGRESS, note: "On the printer") { productionStage }
  check: advanceProduction(orderId: $orderId, stage: QUALITY_CHECK) { productionStage }
  ready: advanceProduction(orderId: $orderId, stage: READY) { productionStage }
  shipOrder(orderId: $orderId, trackingNumber: "RA123456789RU") { status trackingNumber }
}`,
    variables: variables({ orderId: '{{createOrder.id}}' }),
    headers: as('factory'),
  },
  {
    query: `# 9. A word to the factory, in the order's chat.
mutation Say($input: SendMessageInput!) {
  sendMessage(input: $input) { id senderRole body createdAt }
}`,
    variables: variables({ input: { orderId: '{{createOrder.id}}', body: 'Спасибо, очень жду!' } }),
    headers: as('customer'),
  },
  {
    query: `# 10. It has arrived: confirm, and review.
mutation Receive($orderId: UUID!) {
  completeOrder(id: $orderId) { number status }
  reviewOrder(orderId: $orderId, rating: 5, comment: "Краски как на экране") { rating comment }
}`,
    variables: variables({ orderId: '{{createOrder.id}}' }),
    headers: as('customer'),
  },
  {
    query: `# And the marketplace, for everybody.
query Marketplace {
  marketplaceItems(first: 5, sort: RATING, filter: { productType: [BANNER] }) {
    totalCount
    nodes {
      title price { formatted } rating reviewCount
      designer { displayName }
      previews { url width height }
      reviews(first: 3) { nodes { rating comment author { displayName } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  },
]
