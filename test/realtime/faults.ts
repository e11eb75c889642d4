import { setTimeout as sleep } from 'node:timers/promises'
import type { SeededRandom } from '../simulators/seeded-random.js'
import type { RealtimeWorld } from './realtime-world.js'

/** What can go wrong between a commit and a client. Each mends what it broke before it is over. */
const FAULTS = {
  async killReplica({ replicas }, random) {
    await replicas[random.below(replicas.length)]?.restart('SIGKILL', random.below(1_500))
  },
  async stopReplica({ replicas }, random) {
    await replicas[random.below(replicas.length)]?.restart('SIGTERM', random.below(500))
  },
  async stopRedis({ redis }, random) {
    await redis.stop()
    await sleep(1_000 + random.below(3_000))
    await redis.start()
  },
  async freezeRedis({ redis }, random) {
    redis.freeze()
    await sleep(1_000 + random.below(3_500))
    redis.thaw()
  },
  async dropSockets({ replicas }, random) {
    for (const { proxy } of replicas) proxy.drop(() => random.next() < 0.4)
    await sleep(random.below(500))
  },
  async stallNetwork({ replicas }, random) {
    const forMs = 500 + random.below(2_000)
    replicas[random.below(replicas.length)]?.proxy.stall(forMs)
    await sleep(forMs)
  },
  async delayCommits({ commits }, random) {
    await commits.upTo(100 + random.below(200))
    await sleep(1_500 + random.below(1_500))
    await commits.upTo(0)
  },
  async cutTransactions(world, random) {
    for (let times = 1 + random.below(4); times > 0; times--) {
      await world.cutTransactions()
      await sleep(random.below(200))
    }
  },
} satisfies Record<string, (world: RealtimeWorld, random: SeededRandom) => Promise<void>>

type Fault = keyof typeof FAULTS

/** Every fault, so many times over, in an order of chance; some begin while the one before is still there. */
export async function shake(
  world: RealtimeWorld,
  random: SeededRandom,
  times: number,
  say: (line: string) => void,
): Promise<void> {
  const script = Array.from({ length: times }, () => random.shuffled(Object.keys(FAULTS) as Fault[])).flat()
  const underWay = new Map<Fault, Promise<void>>()
  for (const fault of script) {
    await underWay.get(fault)
    // Two of one family would mend what the other has just broken.
    if (fault === 'stopRedis') await underWay.get('freezeRedis')
    if (fault === 'freezeRedis') await underWay.get('stopRedis')
    if (fault === 'stopReplica') await underWay.get('killReplica')
    if (fault === 'killReplica') await underWay.get('stopReplica')
    say(fault)
    const happening = FAULTS[fault](world, random)
    underWay.set(fault, happening)
    if (random.next() < 0.7) await happening
    else await sleep(random.below(500))
  }
  await Promise.all(underWay.values())
}
