import fc from 'fast-check'
import { expect, it } from 'vitest'
import { play } from './money-script.js'
import { type Script, scripts, told } from './money-steps.js'
import { tallyOf } from './money-tally.js'
import { openMoneyWorld } from './money-world.js'

/** How many steps in all; the long run is `npm run test:money`. */
const STEPS = Number(process.env.PROPERTY_STEPS ?? 200)
const isLong = STEPS > 200
const SCRIPT = isLong ? 60 : 40
/** A seed is the same script again; what overlaps in it overlaps a little differently each time. */
const seed = Number(process.env.PROPERTY_SEED ?? (isLong ? Date.now() % 1_000_000 : 1))
const path = process.env.PROPERTY_PATH
const hasKills = process.env.PROPERTY_KILLS === 'yes'
const SHRINK_MS = (isLong ? 10 : 1) * 60_000
const LIMIT_MS = Number(process.env.PROPERTY_MINUTES ?? (isLong ? 60 : 2)) * 60_000

const world = await openMoneyWorld({ ownProcess: hasKills, seed })

it(`pay, webhook, duplicate, cancel, refund, capture, reconcile and crash over many orders keep the money right, from seed ${seed}`, {
  timeout: LIMIT_MS + SHRINK_MS + 120_000,
}, async () => {
  let steps = 0
  let played = 0
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1_000)
  const say = (line: string) => void (isLong && process.stdout.write(`${line}\n`))
  let failedAt = 0
  const property = fc.asyncProperty(scripts(SCRIPT, hasKills), async (script) => {
    // Shrinking has its time; what comes later counts as no failure, so that it ends.
    if (failedAt > 0 && Date.now() - failedAt > SHRINK_MS) return
    try {
      await play(world, script)
    } catch (error) {
      failedAt ||= Date.now()
      say(`${script.steps.length} steps went wrong: ${String(error).slice(0, 1_000)}`)
      throw error
    }
    steps += script.steps.length
    played++
    say(`${steps} steps in ${played} scripts, ${seconds()} s`)
  })
  say(`seed ${seed}`)
  const result = await fc.check(property, {
    seed,
    ...(path && { path }),
    // A script has three quarters of its most steps on average.
    numRuns: path ? 1 : Math.ceil(STEPS / (SCRIPT * 0.75)),
    interruptAfterTimeLimit: LIMIT_MS,
    markInterruptAsFailure: true,
  })
  if (result.failed) throw new Error(story(result))
  const tally = await tallyOf(world)
  say(JSON.stringify(tally, null, 1))
  if (path) return
  const happened = isLong
    ? ['unwanted', 'held', 'refund SUCCEEDED', 'order CANCELLED', 'order COMPLETED']
    : ['refund SUCCEEDED']
  for (const what of happened) expect(tally[what], what).toBeGreaterThan(0)
})

function story({
  counterexample,
  counterexamplePath,
  errorInstance,
  interrupted,
  numShrinks,
}: fc.RunDetails<[Script]>): string {
  if (!counterexample)
    return `nothing was found wrong in ${LIMIT_MS / 60_000} minutes, but not everything was played: ${interrupted}`
  const [{ steps, lastWebhooks }] = counterexample
  return [
    errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
    `The shortest script, after ${numShrinks} shrinks; the last webhooks ${lastWebhooks}:`,
    ...steps.map(told),
    `Play it again: PROPERTY_SEED=${seed} PROPERTY_PATH=${counterexamplePath} npx vitest run test/money`,
  ].join('\n')
}
