import { parseArgs } from 'node:util'

/** How much to make. */
export interface BulkOptions {
  readonly orders: number
  /** Customers and designers together. */
  readonly users: number
  readonly items: number
  readonly designers: number
}

/** The seed command was called with something it does not understand. */
export class SeedUsageError extends Error {
  override readonly name = 'SeedUsageError'
}

export const SEED_USAGE = `Usage:
  npm run seed                                          the demo, into an empty database
  npm run seed -- --orders 200000 --users 10000         a large data set for benchmarks
                  [--items 5000] [--designers 500]`

// The order numbers of a bulk set come from a space of 183 million; e-mail addresses count with six digits.
const LIMITS = {
  orders: [1, 5_000_000],
  users: [2, 999_999],
  items: [8, 500_000],
  designers: [1, 999_998],
} as const

const USUAL_ITEMS = 5_000
const CUSTOMERS_PER_DESIGNER = 20

/** @returns null when nothing large is asked for. @throws SeedUsageError naming everything that is wrong */
export function readBulkOptions(args: readonly string[]): BulkOptions | null {
  const given = parse(args)
  const problems: string[] = []
  const number = (name: keyof typeof LIMITS): number | undefined => {
    const text = given[name]
    if (text === undefined) return undefined
    const [least, most] = LIMITS[name]
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    problems.push(`--${name} must be a whole number from ${least} to ${most}, not "${text}"`)
    return undefined
  }
  const [orders, users, items, designers] = [number('orders'), number('users'), number('items'), number('designers')]
  if (Object.keys(given).length > 0)
    for (const name of ['orders', 'users'] as const)
      if (given[name] === undefined) problems.push(`--${name} is missing`)
  if (users !== undefined && designers !== undefined && designers >= users)
    problems.push('--designers must be fewer than --users: designers are users, and somebody has to order')
  if (problems.length > 0) throw new SeedUsageError(problems.join('\n'))
  if (orders === undefined || users === undefined) return null
  return {
    orders,
    users,
    items: items ?? USUAL_ITEMS,
    designers: designers ?? Math.max(1, Math.floor(users / CUSTOMERS_PER_DESIGNER)),
  }
}

function parse(args: readonly string[]): Partial<Record<keyof typeof LIMITS, string>> {
  const option = { type: 'string' } as const
  try {
    const options = { orders: option, users: option, items: option, designers: option }
    return { ...parseArgs({ args: [...args], options, strict: true }).values }
  } catch (error) {
    throw new SeedUsageError((error as Error).message.split('. ')[0])
  }
}
