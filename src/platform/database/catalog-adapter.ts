import type { EventEmitter } from 'node:events'

import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

const CHAR = 18
const UUID = 2950

/** Opens the connections of a CatalogAdapter. */
export class CatalogClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    const { connection } = this as unknown as { connection: EventEmitter }
    connection.on('rowDescription', ({ fields }: { fields: { dataTypeID: number }[] }) => {
      for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = UUID
    })
  }
}

/**
 * Prisma's adapter, mended for the schema engine, which reads the catalog and runs migrations:
 * - it fails on the catalog's type "char", in which a constraint's kind is told. CatalogClient passes such columns off as
 *   UUIDs, of which the catalog has none, and here they become the single characters the engine expects.
 * - it cuts scripts at every semicolon, in a function's body too. Sent whole, a migration is also all or nothing.
 *
 * @param pool of CatalogClients
 */
export class CatalogAdapter extends PrismaPg {
  constructor(private readonly pool: pg.Pool) {
    super(pool)
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query)
      return {
        ...result,
        columnTypes: result.columnTypes.map((type) => (type === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : type)),
      }
    }
    adapter.executeScript = async (script) => {
      await this.pool.query(script)
    }
    return adapter
  }
}
