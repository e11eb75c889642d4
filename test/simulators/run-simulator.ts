import { parseArgs } from 'node:util'
import type { ProviderSimulator } from './provider-simulator.js'

interface Simulated<Simulator extends ProviderSimulator> {
  /** As people write it: "YooKassa". */
  readonly name: string
  readonly port: number
  start(options: { readonly port: number; readonly seed: number }): Promise<Simulator>
  /** The environment of a server that is to use it. */
  envOf(simulator: Simulator): Readonly<Record<string, string>>
}

/** Plays a provider until it is stopped: `--port 8046 --seed 7 --copies 3 --delay 2000 --loss 0.1 --faults 0.1 --webhook URL`. */
export async function runSimulator<Simulator extends ProviderSimulator>({
  name,
  port,
  start,
  envOf,
}: Simulated<Simulator>): Promise<void> {
  const text = (byDefault: string | number) => ({ type: 'string', default: String(byDefault) }) as const
  const { values } = parseArgs({
    options: {
      port: text(port),
      seed: text(Math.floor(Math.random() * 1_000_000)),
      webhook: text(`http://localhost:8042/webhooks/payments/${name.toLowerCase()}`),
      copies: text(1),
      delay: text(0),
      loss: text(0),
      faults: text(0),
    },
  })
  const simulator = await start({ port: Number(values.port), seed: Number(values.seed) })
  const { deliveries, faults, url } = simulator
  deliveries.url = values.webhook
  deliveries.habits = { copies: Number(values.copies), delayMs: Number(values.delay), loss: Number(values.loss) }
  faults.rate = Number(values.faults)
  const settings = Object.entries(envOf(simulator)).map(([variable, value]) => `${variable}=${value}`)
  process.stdout.write(`${name}, simulated, at ${url} with seed ${values.seed}; webhooks go to ${values.webhook}

${settings.join(' ')} npm start
`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close())
}
