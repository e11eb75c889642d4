import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import type { ProductType } from '../../generated/prisma/enums.js'
import type { CursorCodec } from '../../kernel/cursor.js'
import { notFound } from '../../kernel/domain-error.js'
import type { Page, PageArguments } from '../../platform/database/page.js'
import { type KeysetOrder, readOne, readPage } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import { factoryShape } from './factory.shape.js'
import type { Factory } from './factory.type.js'

const bestFirst: KeysetOrder = {
  keys: [
    { column: 'rating', type: 'float8' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
}

/** Reads for screens. Factories hide nothing that a visitor may not see. */
export class FactoryQuery {
  constructor(
    private readonly pool: Pool,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws NOT_FOUND */
  async byId(id: string, selection: Selection): Promise<Factory> {
    const found = await readOne<Factory>(this.pool, {
      shape: factoryShape,
      selection,
      where: Prisma.sql`t.id = ${id}::uuid`,
    })
    if (!found) throw notFound('factory')
    return found
  }

  /** Active factories, the best rated first. */
  active(productType: ProductType | null, page: PageArguments, selection: Selection): Promise<Page<Factory>> {
    const prints =
      productType === null ? Prisma.empty : Prisma.sql` and t.specializations @> array[${productType}]::product_type[]`
    return readPage<Factory>(this.pool, {
      shape: factoryShape,
      selection,
      where: Prisma.sql`t.is_active${prints}`,
      cursors: this.cursors,
      scope: `factories:${productType ?? ''}`,
      order: bestFirst,
      page,
    })
  }
}
