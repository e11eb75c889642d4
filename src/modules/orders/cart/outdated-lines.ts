import type { WrongField } from '../../../kernel/domain-error.js'
import type { DesignSource } from '../order-sources.js'

/** What the customer agreed to pay for a piece. */
interface AgreedLine {
  readonly unitAmount: bigint
}

/**
 * The lines that cannot be ordered as their customer last saw them.
 * @param sources what each line would be ordered from now; null when it is not for sale any more
 * @param path of the lines: "cart.lines"
 */
export function outdatedLines(
  lines: readonly AgreedLine[],
  sources: readonly (DesignSource | null)[],
  path: string,
): WrongField[] {
  return lines.flatMap(({ unitAmount }, index) => {
    const source = sources[index] ?? null
    if (source?.price?.amount === unitAmount) return []
    const message = source ? 'has another price now: set it again to agree' : 'is not for sale any more: take it out'
    return [{ path: `${path}.${index}`, message }]
  })
}
