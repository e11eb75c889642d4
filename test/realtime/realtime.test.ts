import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, inject, it } from 'vitest'
import { SeededRandom } from '../simulators/seeded-random.js'
import { Audience } from './audience.js'
import { shake } from './faults.js'
import { OrderLives } from './order-lives.js'
import { openRealtimeWorld } from './realtime-world.js'

/** More than a short run in every suite: `npm run test:realtime`. */
const isLong = process.env.REALTIME_LONG === 'yes'
const SEED = Number(process.env.REALTIME_SEED ?? (isLong ? Date.now() % 1_000_000 : 1))
const SUBSCRIBERS = Number(process.env.REALTIME_SUBSCRIBERS ?? 200)
const SHAKES = Number(process.env.REALTIME_SHAKES ?? 1)
const HANDS = 6
const ORDERS = 16

const say = (line: string) => void (isLong && process.stdout.write(`${line}\n`))

const hasRedis = inject('redisUrl') !== null
const world = hasRedis ? await openRealtimeWorld() : undefined
const audience = world && new Audience(world, SEED)
afterAll(() => audience?.stop())

it.skipIf(!hasRedis)(
  `${SUBSCRIBERS} subscribers at two shaken replicas hear every event once and in order, from seed ${SEED}`,
  { timeout: 600_000 },
  async () => {
    const random = new SeededRandom(SEED)
    if (!world || !audience) return
    const { customers, staff, manager } = world.people
    const lives = new OrderLives(world, new SeededRandom(SEED + 1_000_003))
    await Promise.all(customers.map((customer) => lives.fillBalance(customer)))

    const own = [...customers, ...staff]
    for (let i = 0; i < SUBSCRIBERS / 5; i++) await audience.followOwn(own[i % own.length] ?? manager)
    for (const person of own) await audience.followNotifications(person)
    // Nothing tells a client that its subscription stands but its first event.
    while (!audience.hasBegun()) {
      const placed = await Promise.all(customers.map((customer, i) => lives.place(customer, staff[i % 2]?.factoryId)))
      await Promise.all(placed.map((order) => lives.pay(order)))
      await sleep(500)
    }

    const orders = await Promise.all(
      Array.from({ length: ORDERS }, (_, i) => lives.place(customers[i % customers.length] ?? manager)),
    )
    for (let i = 0; audience.size < SUBSCRIBERS; i++) {
      const order = orders[i % ORDERS]
      if (!order) break
      const listener = i % 3 === 0 ? manager : order.customer
      await (i % 5 < 3 ? audience.followOrder(listener, order) : audience.followChat(listener, order))
    }
    say(`seed ${SEED}: ${audience.size} subscribers`)

    // Nothing is shaken yet: whatever is said reaches everybody without Redis, not only after its return.
    const [spokenOf] = orders
    if (!spokenOf) return
    for (const [leave, comeBack] of [
      [world.redis.stop, world.redis.start],
      [world.redis.freeze, world.redis.thaw],
    ] as const) {
      await leave()
      await lives.talk(spokenOf, manager)
      await audience.catchUp({ stream: `chat:${spokenOf.id}` })
      await comeBack()
    }

    // The last customer is shut out while their orders go on.
    const blocked = customers.at(-1) ?? manager
    const printers = new Map(
      await Promise.all(
        orders
          .filter(({ customer }) => customer === blocked)
          .map(async (order) => [order, await lives.pay(order)] as const),
      ),
    )
    await sleep(1_000)
    const blockedAt = await world.block(blocked)

    let isShaking = true
    const work = [...orders]
    const hands = Array.from({ length: HANDS }, async () => {
      for (;;) {
        const others = customers.filter((customer) => customer !== blocked)
        const order = work.shift() ?? (isShaking ? await lives.place(random.pick(others as never)) : undefined)
        if (!order) return
        await lives.produce(order, printers.get(order) ?? (await lives.pay(order)))
      }
    })
    await shake(world, random, SHAKES, say).finally(() => {
      isShaking = false
    })
    await Promise.all(hands)
    await audience.catchUp({ except: blocked })
    // For what would come twice.
    await sleep(1_500)
    say(`${audience.heard} deliveries, ${audience.reconnects} reconnects`)
    await audience.compare(blocked, blockedAt)
    expect(audience.reconnects).toBeGreaterThan(SUBSCRIBERS / 4)
  },
)
