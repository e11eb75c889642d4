import type { ProductType } from '../../generated/prisma/enums.js'
import type { Money } from '../../kernel/money.js'
import type { SignedInViewer } from '../../kernel/viewer.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { createGenerationsRoom } from '../generations/index.js'
import type { createMarketplaceRoom } from '../marketplace/index.js'
import type { OrderLineInput } from './create-order.input.js'
import type { Picture } from './print-warnings.js'

export type Generations = ReturnType<typeof createGenerationsRoom>['generations']
export type Items = ReturnType<typeof createMarketplaceRoom>['items']

/** What a line is ordered from. */
export interface DesignSource {
  readonly title: string
  /** Null for a generation: the line says what it becomes. */
  readonly productType: ProductType | null
  /** Null for a generation: it is priced by its elements. */
  readonly price: Money | null
  readonly picture: Picture
}

const TITLE_LENGTH = 100

const titleFrom = (prompt: string): string => {
  const characters = [...prompt]
  return characters.length <= TITLE_LENGTH ? prompt : `${characters.slice(0, TITLE_LENGTH - 1).join('')}…`
}

/** Finds what lines are ordered from: published items, and the viewer's own completed generations. */
export class OrderSources {
  constructor(
    private readonly items: Items,
    private readonly generations: Generations,
  ) {}

  /** @returns for each line its source, or null for what is unknown, not for sale, or not the viewer's: all the same to them */
  async load(
    tx: Transaction,
    viewer: SignedInViewer,
    lines: readonly OrderLineInput[],
  ): Promise<(DesignSource | null)[]> {
    const itemIds = lines.flatMap(({ itemId }) => itemId ?? [])
    const generationIds = lines.flatMap(({ generationId }) => generationId ?? [])
    const items = itemIds.length > 0 ? await this.items.published(tx, itemIds) : undefined
    const generations =
      generationIds.length > 0 ? await this.generations.ownCompleted(tx, viewer.userId, generationIds) : undefined
    return lines.map(({ itemId, generationId }) => {
      const item = itemId ? items?.get(itemId) : undefined
      // A designer's file may be prepared for the press; nothing is known of its colours.
      if (item) return { ...item, picture: { size: item.previewSize, isRgb: false } }
      const generation = generationId ? generations?.get(generationId) : undefined
      if (!generation) return null
      const { prompt, width, height } = generation
      // Generations are stored as PNG.
      return {
        title: titleFrom(prompt),
        productType: null,
        price: null,
        picture: { size: { width, height }, isRgb: true },
      }
    })
  }
}
