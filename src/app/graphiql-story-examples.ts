import type { ExampleTab } from '../platform/http/graphiql-page.js'

const as = (person: 'customer' | 'factory'): string =>
  JSON.stringify({ authorization: `Bearer {{${person}.token.accessToken}}` }, null, 2)

// Fields with a default are given too: GraphiQL marks absent ones as missing.
const variables = (values: Record<string, unknown>): string => JSON.stringify(values, null, 2)

/**
 * The story of one order, a tab a step, to be run from left to right. `{{createOrder.id}}` stands for what an earlier tab
 * answered; the page puts it in. Lines fit the editor as it opens on a laptop: 56 columns.
 */
export const graphiqlStoryExamples: readonly ExampleTab[] = [
  {
    query: `# Welcome to AdTime! Run these tabs from left to right:
# one order, from a prompt to a delivered banner.
# Each tab uses what the ones before it answered: that
# is what {{…}} stands for in Variables and Headers.
#
# 1. Sign in: who orders, and who prints.
mutation SignIn {
  customer: login(input: {
    email: "customer@adtime.test"
    password: "Adtime-demo-1"
  }) {
    user { displayName role }
    token { accessToken expiresIn }
  }
  factory: login(input: {
    email: "factory@adtime.test"
    password: "Adtime-demo-1"
  }) {
    user { displayName role }
    token { accessToken }
  }
}`,
  },
  {
    query: `# 2. Have a banner drawn. A job does it, so the
# answer is PENDING.
mutation Draw($input: CreateGenerationInput!) {
  createGeneration(input: $input) {
    id
    status
    prompt
    width
    height
  }
}`,
    variables: variables({
      input: {
        prompt: 'Свежий хлеб каждое утро',
        style: 'khokhloma',
        width: 1024,
        height: 576,
        imageCount: 1,
        enhancePrompt: false,
      },
    }),
    headers: as('customer'),
  },
  {
    query: `# 3. Watch it being drawn: as it is now, then every
# change, until it is done. Then open the picture:
# Ctrl-click its url.
subscription Watch($id: UUID!) {
  generationUpdated(id: $id) {
    status
    progress
    images { url width height byteSize }
  }
}`,
    variables: variables({ id: '{{createGeneration.id}}' }),
    headers: as('customer'),
  },
  {
    query: `# 4. Order it as a banner. The server computes the
# price: three design elements, in five days.
mutation Order($input: CreateOrderInput!) {
  createOrder(input: $input) {
    number
    status
    lines { title quantity unitPrice { formatted } }
    rushFee { formatted }
    total { amount currency formatted }
    allowedTransitions
    id
    lastEventCursor
  }
}`,
    variables: variables({
      input: {
        lines: [
          {
            generationId: '{{createGeneration.id}}',
            productType: 'BANNER',
            quantity: 1,
            print: {
              widthMm: 1024,
              heightMm: 576,
              material: 'vinyl',
              colorProfile: 'CMYK',
              elements: ['logo', 'headline', 'address'],
            },
          },
        ],
        deliveryAddress: {
          recipient: 'Анна Смирнова',
          phone: '+79991234567',
          country: 'RU',
          city: 'Москва',
          street: 'Тверская, 1',
          postalCode: '125009',
        },
        deadlineDays: 5,
      },
    }),
    headers: as('customer'),
  },
  {
    query: `# 5. Pay: Ctrl-click the confirmationUrl, press Pay
# there, come back.
mutation Pay($input: PayOrderInput!) {
  payOrder(input: $input) {
    status
    amount { formatted }
    confirmationUrl
    expiresAt
  }
}`,
    variables: variables({ input: { orderId: '{{createOrder.id}}', provider: 'SANDBOX' } }),
    headers: as('customer'),
  },
  {
    query: `# 6. Follow the order. With "after" nothing is missed:
# first what happened since it was created, then each
# event as it comes. It stops when you leave this tab;
# duplicate the browser's tab to watch it while you
# go on.
subscription Follow($orderId: UUID!, $after: Cursor) {
  orderStatusChanged(orderId: $orderId, after: $after) {
    type
    fromStatus
    toStatus
    productionStage
    note
    occurredAt
    actor { displayName }
    order { number status factory { name } }
  }
}`,
    variables: variables({ orderId: '{{createOrder.id}}', after: '{{createOrder.lastEventCursor}}' }),
    headers: as('customer'),
  },
  {
    query: `# 7. Who prints it? Once it was paid, a factory was
# found by itself.
query MyOrder($id: UUID!) {
  order(id: $id) {
    number
    status
    productionStage
    productionDeadline
    factory { name location }
    payments { provider status amount { formatted } }
    history { type toStatus productionStage occurredAt }
    messages(last: 5) { nodes { senderRole body } }
  }
}`,
    variables: variables({ id: '{{createOrder.id}}' }),
    headers: as('customer'),
  },
  {
    query: `# 8. At the factory (see Headers): the stages, one
# after another, then the parcel.
mutation Produce($orderId: UUID!, $tracking: String) {
  start: advanceProduction(
    orderId: $orderId
    stage: IN_PROGRESS
    note: "On the printer"
  ) { productionStage }
  check: advanceProduction(
    orderId: $orderId
    stage: QUALITY_CHECK
  ) { productionStage }
  ready: advanceProduction(
    orderId: $orderId
    stage: READY
  ) { productionStage }
  shipOrder(
    orderId: $orderId
    trackingNumber: $tracking
  ) { status trackingNumber }
}`,
    variables: variables({ orderId: '{{createOrder.id}}', tracking: 'RA123456789RU' }),
    headers: as('factory'),
  },
  {
    query: `# 9. A word to the factory, in the order's chat.
mutation Say($input: SendMessageInput!) {
  sendMessage(input: $input) {
    senderRole
    sender { displayName }
    body
    createdAt
  }
}`,
    variables: variables({ input: { orderId: '{{createOrder.id}}', body: 'Спасибо, очень жду!' } }),
    headers: as('customer'),
  },
  {
    query: `# 10. It has arrived: confirm, and review.
mutation Receive($orderId: UUID!, $comment: String) {
  completeOrder(id: $orderId) { number status }
  reviewOrder(
    orderId: $orderId
    rating: 5
    comment: $comment
  ) { rating comment }
}`,
    variables: variables({ orderId: '{{createOrder.id}}', comment: 'Краски как на экране' }),
    headers: as('customer'),
  },
]
