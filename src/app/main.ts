import 'reflect-metadata'
import { configFrom } from '../platform/config/config.js'
import { ConfigError } from '../platform/config/config-error.js'
import { readEnvironment } from '../platform/config/environment.js'
import { createLogger } from '../platform/observability/logger.js'
import type { Running } from './launch.js'
import { checkSurroundings } from './start-checks.js'

const STOP_LIMIT_MS = 14_000

const begun = Date.now()
const stopping = new AbortController()

async function begin(): Promise<Running> {
  const environment = readEnvironment(process.env)
  await checkSurroundings(configFrom(environment))
  // The server itself takes a second to load: what is wrong is told before, and a signal finds its handlers.
  const { launch } = await import('./launch.js')
  return launch(environment, (line) => console.log(line), stopping.signal)
}

function stop(signal: NodeJS.Signals): void {
  // npm passes a Ctrl-C on to us a second time: the terminal sent it to the whole group already.
  if (stopping.signal.aborted) return
  stopping.abort()
  console.log(`${signal}: finishing what is running`)
  const giveUp = setTimeout(() => {
    console.error('Some work did not finish in time; it will be taken up again on the next start.')
    process.exit(1)
  }, STOP_LIMIT_MS)
  void launching
    .then((running) => running.close())
    .catch(() => undefined) // Stopped before it had started: nothing is left open.
    .then(() => {
      clearTimeout(giveUp)
      process.exit(0)
    })
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.on('unhandledRejection', (reason) => {
  createLogger('error').fatal({ err: reason }, 'an unhandled rejection; the process ends')
  process.exit(1)
})

const launching = begin()

try {
  const { url, banner } = await launching
  if (!stopping.signal.aborted)
    console.log(`${banner}\nReady at ${url} in ${((Date.now() - begun) / 1_000).toFixed(1)} s`)
} catch (error) {
  if (stopping.signal.aborted) await new Promise(() => {}) // `stop` ends the process.
  const text = error instanceof ConfigError ? error.message : String((error as Error)?.stack ?? error)
  console.error(`AdTime cannot start: ${text}`)
  process.exit(1)
}
