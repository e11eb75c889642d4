import type { OrderStatus, ProductionStage } from '../../generated/prisma/enums.js'

/** What somebody is to an order. One person can be several; the system is nobody's. */
export type OrderActor = 'CUSTOMER' | 'FACTORY' | 'STAFF' | 'SYSTEM'

export interface Transition {
  readonly from: OrderStatus
  readonly to: OrderStatus
  /** Who may ask for it. SYSTEM: it happens by itself. */
  readonly by: readonly OrderActor[]
  /** A stage of production in which it is not possible. */
  readonly notAt?: ProductionStage
  readonly when: string
}

/**
 * The only place that knows how an order may move. `allowedTransitions`, the services, the documentation and the tests read it;
 * `step` in order-step.ts is the only code that moves one.
 */
export const transitions: readonly Transition[] = [
  { from: 'CREATED', to: 'PAID', by: ['SYSTEM'], when: 'a payment settled' },
  { from: 'CREATED', to: 'CANCELLED', by: ['CUSTOMER', 'STAFF', 'SYSTEM'], when: 'asked for, or unpaid for 24 hours' },
  { from: 'PAID', to: 'PRODUCTION', by: ['STAFF', 'SYSTEM'], when: 'a factory took it' },
  { from: 'PAID', to: 'CANCELLED', by: ['CUSTOMER', 'STAFF'], when: 'asked for; everything is refunded' },
  { from: 'PAID', to: 'COMPLETED', by: ['SYSTEM'], when: 'every line is DIGITAL' },
  { from: 'PRODUCTION', to: 'SHIPPED', by: ['FACTORY', 'STAFF'], notAt: 'FAILED', when: 'sent to the customer' },
  { from: 'PRODUCTION', to: 'CANCELLED', by: ['STAFF'], when: 'asked for, with the refund they choose' },
  {
    from: 'SHIPPED',
    to: 'COMPLETED',
    by: ['CUSTOMER', 'STAFF', 'SYSTEM'],
    when: 'receipt confirmed, or 14 days after shipping',
  },
]

export interface OrderState {
  readonly status: OrderStatus
  readonly productionStage: ProductionStage | null
}

/** Where these actors may take an order from where it is, in the table's order. */
export const nextStatuses = (actors: readonly OrderActor[], { status, productionStage }: OrderState): OrderStatus[] =>
  transitions
    .filter(
      ({ from, by, notAt }) =>
        from === status && by.some((actor) => actors.includes(actor)) && (!notAt || notAt !== productionStage),
    )
    .map(({ to }) => to)

export const mayMove = (actors: readonly OrderActor[], state: OrderState, to: OrderStatus): boolean =>
  nextStatuses(actors, state).includes(to)
