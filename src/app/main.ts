import 'reflect-metadata'
import { existsSync } from 'node:fs'
import { ConfigError } from '../platform/config/config-error.js'
import { createLogger } from '../platform/observability/logger.js'
import { launch } from './launch.js'

const STOP_LIMIT_MS = 14_000

if (existsSync('.env')) process.loadEnvFile('.env')

const begun = Date.now()
let stopping = false
const launching = launch(process.env, (line) => console.log(line))

function stop(signal: NodeJS.Signals): void {
  // npm passes a Ctrl-C on to us a second time: the terminal sent it to the whole group already.
  if (stopping) return
  stopping = true
  console.log(`${signal}: finishing what is running`)
  const giveUp = setTimeout(() => {
    console.error('Some work did not finish in time; it will be taken up again on the next start.')
    process.exit(1)
  }, STOP_LIMIT_MS)
  launching
    .then((running) => running.close())
    .then(
      () => {
        clearTimeout(giveUp)
        process.exit(0)
      },
      () => process.exit(1),
    )
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.on('unhandledRejection', (reason) => {
  createLogger('error').fatal({ err: reason }, 'an unhandled rejection; the process ends')
  process.exit(1)
})

try {
  const { url, banner } = await launching
  console.log(`${banner}\nReady at ${url} in ${((Date.now() - begun) / 1_000).toFixed(1)} s`)
} catch (error) {
  const text = error instanceof ConfigError ? error.message : String((error as Error)?.stack ?? error)
  console.error(`AdTime cannot start: ${text}`)
  process.exit(1)
}
