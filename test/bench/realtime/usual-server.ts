import { createServer } from 'node:http'
import { buildSchema } from 'graphql'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import { useServer } from 'graphql-ws/use/ws'
import { Redis } from 'ioredis'
import { WebSocketServer } from 'ws'

// What the protocol costs: the usual libraries as their guides put them together, without accounts, rights, cursors and a database.

const http = createServer((_request, response) => response.end('ready'))
const sockets = new WebSocketServer({ server: http })
const pubSub = new RedisPubSub({
  publisher: new Redis(process.env.REDIS_URL ?? ''),
  subscriber: new Redis(process.env.REDIS_URL ?? ''),
})
const schema = buildSchema(`
  type Query { ready: Boolean }
  type Subscription { chatMessageAdded(orderId: ID!): Message! }
  type Message { cursor: String! id: ID! body: String! senderRole: String! sender: Sender createdAt: String! }
  type Sender { displayName: String! }
`)
const field = schema.getSubscriptionType()?.getFields().chatMessageAdded
if (field) field.subscribe = () => pubSub.asyncIterableIterator('bench')
useServer({ schema }, sockets)
http.listen(Number(process.env.PORT), '127.0.0.1')
