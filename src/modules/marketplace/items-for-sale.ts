import type { Currency, ProductType } from '../../generated/prisma/enums.js'
import { type Money, money } from '../../kernel/money.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { PrintSpecs } from './print-specs.type.js'

/** A published item as an order needs it. */
export interface ItemForSale {
  readonly id: string
  readonly designerId: string
  readonly title: string
  readonly productType: ProductType
  readonly price: Money
  readonly print: PrintSpecs | null
  /** In pixels, of the file that is printed: the designer's source file, else the first preview. Null when unknown. */
  readonly previewSize: { readonly width: number; readonly height: number } | null
}

interface Row extends Omit<ItemForSale, 'price' | 'previewSize'> {
  readonly priceAmount: bigint
  readonly currency: Currency
  readonly width: number | null
  readonly height: number | null
}

/** What the rooms above ask of items. All of it runs in the caller's transaction. */
export class ItemsForSale {
  /** The published ones among `ids`; whatever is missing is not for sale. */
  async published(tx: Transaction, ids: readonly string[]): Promise<Map<string, ItemForSale>> {
    const rows = await tx.prisma.$queryRaw<Row[]>`
      select i.id, i.designer_id as "designerId", i.title, i.product_type as "productType", i.print,
             i.price_amount as "priceAmount", i.currency, picture.width, picture.height
      from marketplace_items i
      left join lateral (
        select a.width, a.height from assets a
        where a.id = coalesce(i.source_file_id, (select p.asset_id from item_previews p where p.item_id = i.id order by p.position limit 1))
      ) picture on true
      where i.id = any (${[...ids]}::uuid[]) and i.status = 'PUBLISHED'`
    return new Map(
      rows.map(({ priceAmount, currency, width, height, ...item }) => [
        item.id,
        { ...item, price: money(priceAmount, currency), previewSize: width && height ? { width, height } : null },
      ]),
    )
  }

  /** Counts one sale for every occurrence of an id. */
  async countSale(tx: Transaction, itemIds: readonly string[]): Promise<void> {
    // Locked in the order of ids, so that two orders with the same items cannot wait for each other.
    await tx.prisma.$executeRaw`
      with sold as (select id, count(*)::int as count from unnest(${[...itemIds]}::uuid[]) as line (id) group by id),
        locked as (select i.id from marketplace_items i where i.id in (select id from sold) order by i.id for no key update)
      update marketplace_items i set sales_count = i.sales_count + sold.count
      from sold join locked using (id) where i.id = sold.id`
  }

  /** Keeps an item's rating the average of `numbers`, which are read while the item's row is locked: nobody else rates it meanwhile. */
  async setRating(
    tx: Transaction,
    itemId: string,
    numbers: () => Promise<{ readonly sum: number; readonly count: number }>,
  ): Promise<void> {
    // FOR UPDATE would deadlock with the key share lock that a new review takes on its item.
    await tx.prisma.$queryRaw`select id from marketplace_items where id = ${itemId}::uuid for no key update`
    const { sum, count } = await numbers()
    await tx.prisma.marketplaceItem.update({
      where: { id: itemId },
      data: { rating: count === 0 ? 0 : sum / count, reviewCount: count },
      select: { id: true },
    })
  }
}
