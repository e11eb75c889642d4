import { addDays } from '../kernel/clock.js'
import type { ExampleTab } from '../platform/http/graphiql-page.js'

const asManager = JSON.stringify({ authorization: 'Bearer {{manager.token.accessToken}}' }, null, 2)

/** What a MANAGER does at the order desk of the demo. */
export const graphiqlDeskExamples: readonly ExampleTab[] = [
  {
    query: `# The other side of the counter: a manager signs in.
mutation SignInDesk {
  manager: login(input: {
    email: "manager@adtime.test"
    password: "Adtime-demo-1"
  }) {
    user { displayName role }
    token { accessToken expiresIn }
  }
}`,
  },
  {
    query: `# Every order that is being printed. Late ones alone:
# overdue: true. One that somebody reads out over the
# phone: search: "7f3k".
query Desk($filter: OrderFilter) {
  orders(first: 10, filter: $filter) {
    totalCount
    nodes {
      id
      number
      customer { displayName phone }
      factory { name currentLoad capacity }
      productionStage
      productionDeadline
      allowedTransitions
    }
  }
}`,
    variables: JSON.stringify({ filter: { status: ['PRODUCTION'] } }, null, 2),
    headers: asManager,
  },
  {
    query: `# More time for the first of them. Its customer and its
# factory are told.
mutation Deadline(
  $orderId: UUID!
  $deadline: DateTime!
) {
  setProductionDeadline(
    orderId: $orderId
    deadline: $deadline
  ) {
    number
    productionDeadline
    history { type occurredAt actor { displayName } }
  }
}`,
    variables: JSON.stringify(
      { orderId: '{{orders.nodes.0.id}}', deadline: addDays(new Date(), 30).toISOString() },
      null,
      2,
    ),
    headers: asManager,
  },
]
