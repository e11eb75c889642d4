import type { Prisma } from '../../../generated/prisma/client.js'
import type { ItemStatus, ProductType } from '../../../generated/prisma/enums.js'
import { rubles } from '../../../kernel/money.js'
import { bannerShelf } from './banner-shelf.js'
import { billboardShelf } from './billboard-shelf.js'
import { demoId, demoNumber } from './demo-calendar.js'
import type { DemoPeople, DemoPerson } from './demo-people.js'
import type { DemoWorld } from './demo-world.js'
import { digitalShelf } from './digital-shelf.js'
import type { ItemDesign, ItemShelf } from './item-design.js'
import { standeeShelf } from './standee-shelf.js'

/** An item, and what its sales and reviews add to its row. */
export interface DemoItem {
  readonly id: string
  readonly title: string
  readonly productType: ProductType
  readonly status: ItemStatus
  readonly designer: DemoPerson
  readonly priceAmount: bigint
  readonly print: Prisma.InputJsonObject | null
  readonly row: Prisma.MarketplaceItemCreateManyInput
}

const SHELVES: readonly ItemShelf[] = [bannerShelf, standeeShelf, billboardShelf, digitalShelf]
const SECOND_PREVIEW_EVERY = 8

/** All designs, dealt out to the designers in turn, in the order of the shelves. */
export function tellItems(world: DemoWorld, { designer, olga, timur, vera }: DemoPeople): DemoItem[] {
  const makers = [designer, olga, timur, vera]
  const designs = SHELVES.flatMap((shelf) => shelf.designs.map((design) => ({ shelf, design })))
  return designs.map(({ shelf, design }, index) => {
    const maker = makers[index % makers.length] ?? designer
    return tellItem(world, shelf, design, maker, index)
  })
}

function tellItem(
  world: DemoWorld,
  { productType, preview, print: size }: ItemShelf,
  { title, description, rub, tags, style, words, status = 'PUBLISHED' }: ItemDesign,
  designer: DemoPerson,
  index: number,
): DemoItem {
  const createdAt = world.calendar.at(170 + demoNumber(title, 80), '10:00')
  const id = demoId(createdAt, `item ${title}`)
  const print = size && { ...size, colorProfile: 'CMYK', elements: [] }
  const picture = (part: string, purpose: 'MARKETPLACE_PREVIEW' | 'PRINT_FILE', seed: number) => {
    const assetId = demoId(createdAt, `${part} of ${title}`)
    const poster = { prompt: words, style, ...preview, seed }
    world.pictures.push({ id: assetId, ownerId: designer.id, purpose, createdAt, poster })
    return assetId
  }
  const previews = [picture('preview 0', 'MARKETPLACE_PREVIEW', index)]
  if (index % SECOND_PREVIEW_EVERY === 0) previews.push(picture('preview 1', 'MARKETPLACE_PREVIEW', index + 1_000))
  const row: Prisma.MarketplaceItemCreateManyInput = {
    id,
    designerId: designer.id,
    title,
    description,
    productType,
    status,
    priceAmount: rubles(rub).amount,
    tags: [...tags],
    ...(print && { print }),
    sourceFileId: productType === 'DIGITAL' ? picture('source', 'PRINT_FILE', index) : null,
    rating: 0,
    reviewCount: 0,
    salesCount: 0,
    createdAt,
    updatedAt: createdAt,
  }
  world.rows.items.push(row)
  for (const [position, assetId] of previews.entries()) world.rows.itemPreviews.push({ itemId: id, position, assetId })
  return { id, title, productType, status, designer, priceAmount: row.priceAmount as bigint, print, row }
}
