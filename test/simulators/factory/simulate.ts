import { parseArgs } from 'node:util'
import { FactorySimulator } from './factory-simulator.js'

/** Plays a factory's endpoint until it is stopped: `--port 8048 --secret whsec_… --status 500`. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8048' },
    secret: { type: 'string', default: '' },
    status: { type: 'string', default: '204' },
  },
})
const endpoint = await new FactorySimulator().start(Number(values.port))
endpoint.secret = values.secret
endpoint.onCall = (call) => {
  endpoint.next({ status: Number(values.status) })
  const proof = endpoint.verifies(call) ? 'verified' : 'not verified'
  process.stdout.write(`${call.type} ${call.id}, ${proof}\n${JSON.stringify(call.data, null, 2)}\n`)
}
process.stdout.write(`A factory, simulated, at ${endpoint.url}

1. PRIVATE_WEBHOOK_URLS=allow npm start
2. as ADMIN: upsertFactory with that webhookUrl, then rotateFactoryWebhookSecret
3. start this again with --secret
`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void endpoint.close())
