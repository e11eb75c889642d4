import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

// npm run test:realtime -- [--rounds 10] [--seed 7] [--subscribers 200] [--shakes 3]: longer and more often than in every test run.
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    seed: { type: 'string' },
    subscribers: { type: 'string', default: '200' },
    shakes: { type: 'string', default: '3' },
  },
})
const first = Number(values.seed ?? Date.now() % 1_000_000)
for (let round = 0; round < Number(values.rounds); round++) {
  const env = {
    ...process.env,
    REALTIME_LONG: 'yes',
    REALTIME_SEED: String(first + round),
    REALTIME_SUBSCRIBERS: values.subscribers,
    REALTIME_SHAKES: values.shakes,
    REQUIRE_REDIS: '1',
  }
  const { status } = spawnSync('npx', ['vitest', 'run', 'test/realtime/realtime.test.ts'], { env, stdio: 'inherit' })
  if (status !== 0) {
    process.stderr.write(
      `Round ${round + 1} failed. Again: npm run test:realtime -- --rounds 1 --seed ${first + round} --shakes ${values.shakes}`,
    )
    process.exit(1)
  }
  process.stdout.write(`round ${round + 1} of ${values.rounds} is green\n`)
}
