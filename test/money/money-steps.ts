import fc from 'fast-check'
import type { Fault } from '../simulators/faults.js'

/** Who takes money over HTTP. */
export type Outside = 'YOOKASSA' | 'STRIPE'
export type Provider = Outside | 'SANDBOX' | 'BALANCE'

type Act =
  /** `key` 0: one that was never used. Otherwise an attempt is repeated under its key. */
  | { readonly act: 'pay'; readonly provider: Provider; readonly key: number; readonly hold: boolean }
  /** The customer at one of the pages that their attempts have, the newest first. */
  | {
      readonly act: 'visit'
      readonly page: number
      readonly outcome: 'pay' | 'decline' | 'expire'
      readonly copies: number
    }
  | {
      readonly act: 'deliver'
      readonly from: Outside
      readonly how: 'as made' | 'reversed' | 'shuffled'
      readonly copies: number
    }
  /** The same again, as they were then. */
  | { readonly act: 'deliverAgain'; readonly from: Outside }
  | { readonly act: 'lose'; readonly from: Outside }
  | { readonly act: 'fault'; readonly at: Outside; readonly fault: Fault; readonly on: string; readonly times: number }
  /** Refunds are not decided at once, from now on or no longer. */
  | { readonly act: 'slowRefunds'; readonly at: Outside }
  | { readonly act: 'cancelPayment'; readonly which: number }
  | { readonly act: 'cancelOrder'; readonly by: 'customer' | 'manager'; readonly part: number }
  /** Staff give back a part, in hundredths of an order's thousand roubles; 0 is all of it. `isDeposit`: of a deposit instead. */
  | { readonly act: 'refund'; readonly part: number; readonly isDeposit: boolean; readonly again: boolean }
  /** Paid at once, by who asked for it. */
  | { readonly act: 'deposit'; readonly provider: Exclude<Provider, 'BALANCE'>; readonly thousands: number }
  | { readonly act: 'subscribe'; readonly provider: Provider; readonly tier: 'PRO' | 'PREMIUM' }
  | { readonly act: 'cancelPlan' }
  | { readonly act: 'ship' }
  | { readonly act: 'complete' }
  | { readonly act: 'time'; readonly minutes: number }
  | { readonly act: 'reconcile' }
  /** Connections to the database end: those that are in a transaction, or all. Or the process is killed. */
  | { readonly act: 'crash'; readonly what: 'transactions' | 'connections' | 'process'; readonly afterMs: number }

/** Something that happens to an order, or around all of them; together with what is under way, or after it. */
export type Step = Act & { readonly order: number; readonly together: boolean }

export interface Script {
  readonly steps: readonly Step[]
  /** Whether the webhooks that wait at the end still arrive; those of the providers that are played. */
  readonly lastWebhooks: 'arrive' | 'are lost'
}

export const ORDERS = 4

const outside = fc.constantFrom<Outside>('YOOKASSA', 'STRIPE')
const anyProvider = fc.constantFrom<Provider>('YOOKASSA', 'STRIPE', 'SANDBOX', 'YOOKASSA', 'STRIPE', 'BALANCE')
const order = fc.nat(ORDERS - 1)
const together = fc.nat(9).map((chance) => chance < 6)
const copies = fc.integer({ min: 1, max: 3 })

const faults: readonly Fault[] = [
  'error-applied',
  'error-not-applied',
  'error-kept',
  'dropped-applied',
  'dropped-not-applied',
  'slow',
  'rate-limited',
]

const act = <Name extends Act['act']>(
  name: Name,
  rest: { [Key in keyof Omit<Extract<Act, { act: Name }>, 'act'>]: fc.Arbitrary<Extract<Act, { act: Name }>[Key]> },
) => fc.record({ act: fc.constant(name), order, together, ...rest } as never) as fc.Arbitrary<Step>

/** @param kills whether a process may be killed, which takes seconds */
export const scripts = (maxSteps: number, kills: boolean): fc.Arbitrary<Script> =>
  fc.record({
    steps: fc.array(step(kills), { minLength: Math.ceil(maxSteps / 2), maxLength: maxSteps, size: 'max' }),
    lastWebhooks: fc.constantFrom('arrive', 'are lost'),
  })

const step = (kills: boolean): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 26,
      arbitrary: act('pay', {
        provider: anyProvider,
        key: fc.constantFrom(0, 0, 1, 1, 2),
        hold: fc.nat(3).map((chance) => chance === 0),
      }),
    },
    {
      weight: 32,
      arbitrary: act('visit', {
        page: fc.constantFrom(0, 0, 0, 1, 1, 2, 4),
        outcome: fc.constantFrom('pay', 'pay', 'pay', 'pay', 'pay', 'pay', 'decline', 'expire'),
        copies,
      }),
    },
    {
      weight: 8,
      arbitrary: act('deliver', { from: outside, how: fc.constantFrom('as made', 'reversed', 'shuffled'), copies }),
    },
    { weight: 3, arbitrary: act('deliverAgain', { from: outside }) },
    { weight: 2, arbitrary: act('lose', { from: outside }) },
    {
      weight: 6,
      arbitrary: act('fault', {
        at: outside,
        fault: fc.constantFrom(...faults),
        on: fc.constantFrom('', 'GET', 'POST'),
        times: copies,
      }),
    },
    { weight: 1, arbitrary: act('slowRefunds', { at: outside }) },
    { weight: 3, arbitrary: act('cancelPayment', { which: fc.nat(3) }) },
    {
      weight: 4,
      arbitrary: act('cancelOrder', {
        by: fc.constantFrom('customer', 'manager'),
        part: fc.constantFrom(0, 0, 1, 50, 100),
      }),
    },
    {
      weight: 6,
      arbitrary: act('refund', {
        part: fc.constantFrom(0, 1, 30, 60),
        isDeposit: fc.nat(3).map((chance) => chance === 0),
        again: fc.boolean(),
      }),
    },
    {
      weight: 4,
      arbitrary: act('deposit', {
        provider: fc.constantFrom('YOOKASSA', 'STRIPE', 'SANDBOX', 'SANDBOX'),
        thousands: fc.integer({ min: 1, max: 5 }),
      }),
    },
    { weight: 3, arbitrary: act('subscribe', { provider: anyProvider, tier: fc.constantFrom('PRO', 'PREMIUM') }) },
    { weight: 1, arbitrary: act('cancelPlan', {}) },
    { weight: 5, arbitrary: act('ship', {}) },
    { weight: 5, arbitrary: act('complete', {}) },
    {
      weight: 3,
      arbitrary: act('time', {
        minutes: fc.constantFrom(1, 1, 1, 1, 3, 3, 3, 3, 12, 12, 31, 31, 61, 61, 300, 1_441, 20_161, 44_000),
      }),
    },
    { weight: 4, arbitrary: act('reconcile', {}) },
    {
      weight: 5,
      arbitrary: act('crash', {
        what: kills ? fc.constantFrom(...cuts, 'process') : fc.constantFrom(...cuts),
        afterMs: fc.nat(80),
      }),
    },
  )

// All connections end rarely: the worker rests for two seconds after it.
const cuts = [...Array.from({ length: 9 }, () => 'transactions' as const), 'connections'] as const

/** A line that says what happens, for people who read a counter-example. */
export const told = ({ act: name, order: index, together: overlaps, ...rest }: Step): string =>
  `${overlaps ? '  &' : ''} ${name} #${index} ${Object.values(rest).join(' ')}`.trim()
