import { expect } from 'vitest'
import { SeededRandom } from '../simulators/seeded-random.js'
import type { PlacedOrder } from './order-lives.js'
import type { Person, RealtimeWorld } from './realtime-world.js'
import { type Following, Subscriber } from './subscriber.js'
import { headOf, orderEventName, trueEvents } from './true-events.js'

const ORDER = /* GraphQL */ `
  subscription RealtimeOrder($orderId: UUID!, $after: Cursor) {
    orderStatusChanged(orderId: $orderId, after: $after) {
      cursor type toStatus productionStage occurredAt order { id }
    }
  }`
const OWN = /* GraphQL */ `
  subscription RealtimeOwn($after: Cursor) {
    myOrdersChanged(after: $after) { cursor type toStatus productionStage occurredAt order { id } }
  }`
const CHAT = /* GraphQL */ `
  subscription RealtimeChat($orderId: UUID!, $after: Cursor) {
    chatMessageAdded(orderId: $orderId, after: $after) { cursor id }
  }`
const NOTIFICATIONS = /* GraphQL */ `
  subscription RealtimeNotifications($after: Cursor) { notificationAdded(after: $after) { cursor id } }`

const idOf = ({ id }: { readonly id: string }) => id

interface Listener {
  readonly person: Person
  readonly subscriber: Subscriber
  /** The number after which it has to hear everything; null for the first that it heard. */
  readonly start: bigint | null
}

/** Everybody who listens, and the comparison with what the database says. */
export class Audience {
  private readonly listeners: Listener[] = []

  constructor(
    private readonly world: RealtimeWorld,
    private readonly seed: number,
  ) {}

  get size(): number {
    return this.listeners.length
  }

  get reconnects(): number {
    return this.listeners.reduce((sum, { subscriber }) => sum + subscriber.reconnects, 0)
  }

  get heard(): number {
    return this.listeners.reduce((sum, { subscriber }) => sum + subscriber.heard.length, 0)
  }

  /** Everything that happens to an order from its placing on. */
  async followOrder(person: Person, { id, lastEventCursor }: PlacedOrder): Promise<void> {
    const stream = `order:${id}`
    await this.add(
      person,
      { stream, query: ORDER, variables: { orderId: id }, nameOf: orderEventName },
      lastEventCursor,
    )
  }

  async followChat(person: Person, { id, lastMessageCursor }: PlacedOrder): Promise<void> {
    const stream = `chat:${id}`
    await this.add(person, { stream, query: CHAT, variables: { orderId: id }, nameOf: idOf }, lastMessageCursor)
  }

  /** From the first event on that reaches it. */
  async followOwn(person: Person): Promise<void> {
    const stream = person.factoryId ? `orders-at:${person.factoryId}` : `orders-of:${person.id}`
    await this.add(person, { stream, query: OWN, variables: {}, nameOf: orderEventName }, null)
  }

  /** From the first notification on that reaches it. */
  async followNotifications(person: Person): Promise<void> {
    const stream = `notifications-of:${person.id}`
    await this.add(person, { stream, query: NOTIFICATIONS, variables: {}, nameOf: idOf }, null)
  }

  /** Whether everybody has heard something who listens from their first event on. */
  hasBegun(): boolean {
    return this.listeners.every(({ start, subscriber }) => start !== null || subscriber.heard.length > 0)
  }

  /** Waits until everybody but these has heard what there is, in all streams or in one. */
  async catchUp({ except, stream }: { readonly except?: Person; readonly stream?: string } = {}): Promise<void> {
    const listeners = this.listeners.filter(
      ({ person, subscriber }) => person !== except && (!stream || subscriber.stream === stream),
    )
    const behind = async () => {
      const lines = await Promise.all(listeners.map((listener) => this.missing(listener)))
      return lines.filter((line) => line !== null)
    }
    await expect.poll(behind, { timeout: 60_000, interval: 500 }).toEqual([])
  }

  /** Fails on the first listener that missed an event, heard one twice, or heard them in another order. */
  async compare(blocked: Person, blockedAt: Date): Promise<void> {
    for (const listener of this.listeners) {
      const { heard, stream } = listener.subscriber
      const happened = await this.happened(listener)
      const names = happened.map(({ name }) => name)
      if (listener.person !== blocked) {
        expect(heard, stream).toEqual(names)
        continue
      }
      expect(heard, `${stream} of who was blocked`).toEqual(names.slice(0, heard.length))
      const late = happened.slice(0, heard.length).filter(({ occurredAt }) => occurredAt > blockedAt)
      expect(late, `${stream} went on to who was blocked`).toEqual([])
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.listeners.map(({ subscriber }) => subscriber.stop()))
  }

  private async add(person: Person, following: Following, after: string | null): Promise<void> {
    const start = after === null ? null : await headOf(this.world.database, following.stream)
    const random = new SeededRandom(this.seed + this.listeners.length)
    const urls = this.world.replicas.map(({ proxy }) => proxy.url)
    this.listeners.push({
      person,
      start,
      subscriber: new Subscriber({ following, urls, token: person.token, after, random }),
    })
  }

  private async missing(listener: Listener): Promise<string | null> {
    const { heard, stream, reconnects, refusal } = listener.subscriber
    const known = new Set(heard)
    const missed = (await this.happened(listener)).filter(({ name }) => !known.has(name))
    const [first] = missed
    return first
      ? `${stream}: ${missed.length} missed, first ${first.name}; ${reconnects} reconnects, ${refusal?.message ?? 'not refused'}`
      : null
  }

  private async happened({ subscriber, start }: Listener) {
    const all = await trueEvents(this.world.database, subscriber.stream, start ?? 0n)
    if (start !== null) return all
    const first = all.findIndex(({ name }) => name === subscriber.heard[0])
    return first === -1 ? all : all.slice(first)
  }
}
