import './node-20.js'
import { createServer } from 'node:http'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { connection, context } from 'postgraphile/grafast'
import { grafserv } from 'postgraphile/grafserv/node'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { extendSchema, jsonPgSmartTags } from 'postgraphile/utils'
import { viewerOf } from './viewer.js'

/**
 * The viewer's own orders, found by the id in the context: cheaper for PostGraphile than row level security, for which it would
 * open a transaction and set the viewer in it for every request.
 */
const ownOrders = extendSchema((build) => {
  const { orders, bench_create_order: createOrder } = build.pgResources
  const viewer = () => context().get('viewer')
  return {
    typeDefs: /* GraphQL */ `
      extend type Query {
        ownOrder(id: UUID!): Order
        ownOrders: OrderConnection
      }
      extend type Mutation {
        placeOrder(input: JSON!): Order
      }`,
    objects: {
      Query: {
        plans: {
          ownOrder: (_, { $id }) => orders.find({ id: $id, customer_id: viewer() }).single(),
          ownOrders() {
            const $orders = orders.find({ customer_id: viewer() })
            $orders.orderBy({ attribute: 'created_at', direction: 'DESC' })
            $orders.orderBy({ attribute: 'id', direction: 'DESC' })
            $orders.setOrderIsUnique()
            return connection($orders)
          },
        },
      },
      Mutation: {
        plans: {
          placeOrder: (_, { $input }) => createOrder.execute([{ step: viewer() }, { step: $input }], 'mutation'),
        },
      },
    },
  }
})

// A payment names its order without a foreign key, because it may also pay for something else.
const relations = jsonPgSmartTags({
  version: 1,
  config: {
    class: {
      'bench.order_payments': {
        tags: { primaryKey: 'id', foreignKey: '(order_id) references public.orders (id)|@foreignFieldName payments' },
      },
    },
    // No index leads with it, so PostGraphile would not let it be filtered by.
    attribute: { 'public.reviews.is_visible': { tags: { behavior: '+attribute:filterBy' } } },
  },
})

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [relations, ownOrders],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ['public', 'bench'],
      pubsub: false,
      poolConfig: { max: Number(process.env.POOL_SIZE) },
    }),
  ],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false, websockets: false },
  grafast: {
    explain: false,
    context: async ({ node }) => ({ viewer: await viewerOf(node?.req.headers.authorization) }),
  },
}

const server = createServer()
await postgraphile(preset).createServ(grafserv).addTo(server)
server.listen(Number(process.env.PORT), '127.0.0.1')
