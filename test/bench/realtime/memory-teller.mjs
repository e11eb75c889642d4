import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

// Preloaded into a measured server: says how many bytes are in use once nothing is left to collect.

createServer(async (_request, response) => {
  for (let round = 0; round < 3; round++) {
    globalThis.gc()
    await sleep(50)
  }
  const { heapUsed, external } = process.memoryUsage()
  response.end(String(heapUsed + external))
})
  .listen(Number(process.env.MEMORY_PORT), '127.0.0.1')
  .unref()
