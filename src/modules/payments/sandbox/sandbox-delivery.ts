/** How the sandbox delivers the webhooks of one payment. */
export interface SandboxDelivery {
  /** How many times each is sent, at once. */
  readonly copies: number
  /** Seconds until the first try. */
  readonly delay: number
  /** How many tries of each copy never arrive; the next ones follow with growing pauses. */
  readonly failures: number
  /** Whether news of how the payment began arrives after news of how it ended. */
  readonly isStaleLast: boolean
}

/** A number field of the form. */
export interface Knob {
  readonly label: string
  readonly note: string
  readonly min: number
  readonly max: number
  readonly byDefault: number
}

/** The number fields of the form, by their names. */
export const deliveryKnobs = {
  copies: {
    label: 'Copies of the webhook',
    note: '1 to 10, sent at once. However many arrive, the payment counts once.',
    min: 1,
    max: 10,
    byDefault: 1,
  },
  delay: { label: 'Delay in seconds', note: '0 to 600, before the first try.', min: 0, max: 600, byDefault: 0 },
  failures: {
    label: 'Tries that fail',
    note: '0 to 5. They never arrive; the next one follows after a growing pause.',
    min: 0,
    max: 5,
    byDefault: 0,
  },
} as const satisfies Readonly<Record<string, Knob>>

const knobNames = Object.keys(deliveryKnobs) as (keyof typeof deliveryKnobs)[]

/** Reads the form's fields; one that is missing or empty is as usual. @returns what is wrong, as text for the page */
export function deliveryFrom(fields: URLSearchParams): SandboxDelivery | string {
  const numbers = { copies: 0, delay: 0, failures: 0 }
  for (const name of knobNames) {
    const { label, min, max, byDefault } = deliveryKnobs[name]
    const number = Number(fields.get(name)?.trim() || byDefault)
    if (!Number.isInteger(number) || number < min || number > max)
      return `${label}: a whole number from ${min} to ${max}.`
    numbers[name] = number
  }
  return { ...numbers, isStaleLast: fields.has('stale') }
}
