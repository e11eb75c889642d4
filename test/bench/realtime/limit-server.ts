import { createServer } from 'node:http'
import { Redis } from 'ioredis'
import { WebSocketServer } from 'ws'

// The limit: what it costs to hand a message on to everybody when nobody is asked who they are and what they want.

const http = createServer((_request, response) => response.end('ready'))
const sockets = new WebSocketServer({ server: http })
const redis = new Redis(process.env.REDIS_URL ?? '')
redis.on('message', (_channel, message) => {
  for (const socket of sockets.clients) socket.send(message)
})
await redis.subscribe('bench')
http.listen(Number(process.env.PORT), '127.0.0.1')
