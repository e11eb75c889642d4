import { act, CANCEL_PLAN } from './money-acts.js'
import { brokenInvariants } from './money-invariants.js'
import { makePeace } from './money-peace.js'
import { openScene } from './money-scene.js'
import type { Script } from './money-steps.js'
import type { MoneyWorld } from './money-world.js'

/** Plays a script from fresh orders to peace. @throws Error with every invariant that does not hold then */
export async function play(world: MoneyWorld, { steps, lastWebhooks }: Script): Promise<void> {
  // What a failed script has left behind is none of the next one's business.
  await world.database.pool.query('delete from graphile_worker._private_jobs where locked_at is null')
  const scene = await openScene(world)
  let underWay: Promise<void>[] = []
  for (const step of steps) {
    if (!step.together) await Promise.all(underWay.splice(0))
    underWay = [...underWay, act(world, scene, step)]
    // A moment, or nothing would have begun when the next step comes.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.all(underWay)
  await makePeace(world, lastWebhooks)
  const broken = await brokenInvariants(world, scene)
  if (!scene.hasCrashed) broken.push(...scene.failures)
  if (broken.length > 0) throw new Error(broken.join('\n'))
  // Or their plans would be renewed for years to come.
  for (const { client } of scene.customers) await client.ask(CANCEL_PLAN)
}
