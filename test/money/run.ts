import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

// npm run test:money -- --steps 10000 [--seed 7] [--path 3:1] [--minutes 60] [--kills]: many scripts instead of the few of every test run.
const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    path: { type: 'string' },
    minutes: { type: 'string' },
    kills: { type: 'boolean', default: false },
  },
})
const { steps, seed, path, minutes, kills } = values
const env = {
  ...process.env,
  PROPERTY_STEPS: steps,
  ...(seed && { PROPERTY_SEED: seed }),
  ...(path && { PROPERTY_PATH: path }),
  ...(minutes && { PROPERTY_MINUTES: minutes }),
  ...(kills && { PROPERTY_KILLS: 'yes' }),
}
process.exit(spawnSync('npx', ['vitest', 'run', 'test/money/money.test.ts'], { env, stdio: 'inherit' }).status ?? 1)
