import { parseArgs } from 'node:util'
import { startYooKassaSimulator } from './yookassa-simulator.js'

// npm run simulate:yookassa -- --port 8046 --seed 7 --copies 3 --delay 2000 --loss 0.1 --faults 0.1
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8046' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    webhook: { type: 'string', default: 'http://localhost:8042/webhooks/payments/yookassa' },
    copies: { type: 'string', default: '1' },
    delay: { type: 'string', default: '0' },
    loss: { type: 'string', default: '0' },
    faults: { type: 'string', default: '0' },
  },
})

const simulator = await startYooKassaSimulator({ port: Number(values.port), seed: Number(values.seed) })
simulator.deliveries.url = values.webhook
simulator.deliveries.habits = {
  copies: Number(values.copies),
  delayMs: Number(values.delay),
  loss: Number(values.loss),
}
simulator.faults.rate = Number(values.faults)

const settings = Object.entries(simulator.env).map(([name, value]) => `${name}=${value}`)
process.stdout.write(`YooKassa, simulated, at ${simulator.url} with seed ${values.seed}; notifications go to ${values.webhook}

${settings.join(' ')} npm start
`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close())
