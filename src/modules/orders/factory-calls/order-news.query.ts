import { Prisma } from '../../../generated/prisma/client.js'
import type { Database } from '../../../platform/database/database.js'
import { readOne } from '../../../platform/database/read-shape.js'
import { type Selection, select } from '../../../platform/database/selection.js'
import type { AssetLinks } from '../../assets/index.js'
import type { FactoryNews } from '../../factories/index.js'
import { orderShape } from '../order.shape.js'
import type { Order } from '../order.type.js'
import type { FactoryNewsType } from './factory-news-type.js'

const below = (name: string, selection: Selection): Selection => new Map([[name, [{ args: {}, selection }]]])

const FILE = select('contentType', 'byteSize', 'width', 'height')
const LINE: Selection = new Map([...select('id', 'title', 'productType', 'quantity', 'print'), ...below('files', FILE)])
const ORDER: Selection = new Map([
  ...select('number', 'productionDeadline', 'note', 'deliveryAddress'),
  ...below('lines', LINE),
])

/** What a call to a factory says about an order, as it is when the call is made. */
export class OrderNews {
  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly links: Pick<AssetLinks, 'linkOf'>,
  ) {}

  /**
   * The work of an order, with its address and links to its files, goes only to the factory that has it now; whoever has lost it learns
   * which one it was. Null when the news is no longer true.
   */
  async dataOf({ factoryId, subjectId, type }: FactoryNews): Promise<object | null> {
    const order = await readOne<Order & { factoryId: string | null }>(this.database.pool, {
      shape: orderShape,
      selection: ORDER,
      where: Prisma.sql`t.id = ${subjectId}::uuid`,
    })
    if (!order) return null
    const isTheirs = order.factoryId === factoryId && order.status === 'PRODUCTION'
    const subject = { orderId: order.id, orderNumber: order.number }
    switch (type as FactoryNewsType) {
      case 'order.assigned':
      case 'order.deadline_changed':
        return isTheirs ? { ...subject, ...this.workOf(order) } : null
      case 'order.withdrawn':
        return isTheirs ? null : subject
      case 'order.cancelled':
        return subject
    }
  }

  private workOf({ productionDeadline, note, deliveryAddress, lines }: Order): object {
    return {
      deadline: productionDeadline && new Date(productionDeadline).toISOString(),
      note,
      deliveryAddress,
      lines: (lines ?? [])
        .filter(({ productType }) => productType !== 'DIGITAL')
        .map(({ files, ...line }) => ({
          ...line,
          files: files.map((file) => ({ ...file, ...this.links.linkOf(file.id) })),
        })),
    }
  }
}
