import { Prisma } from '../../../generated/prisma/client.js'
import { notFound } from '../../../kernel/domain-error.js'
import type { Database } from '../../../platform/database/database.js'
import { readFound, readRows } from '../../../platform/database/read-shape.js'
import type { Selection } from '../../../platform/database/selection.js'
import { factoryKeyShape } from './factory-key.shape.js'
import type { FactoryKey } from './factory-key.type.js'

const MAX_LISTED = 100

export class FactoryKeyQuery {
  constructor(private readonly database: Database) {}

  /** @throws NOT_FOUND */
  byId(id: string, selection: Selection): Promise<FactoryKey> {
    const where = Prisma.sql`t.id = ${id}::uuid`
    return readFound<FactoryKey>(this.database.pool, { shape: factoryKeyShape, selection, where }, 'factory key')
  }

  /**
   * The living keys of a factory and its latest revoked ones, newest first.
   * @throws NOT_FOUND for an unknown factory
   */
  async ofFactory(factoryId: string, selection: Selection): Promise<FactoryKey[]> {
    const { prisma, pool } = this.database
    if ((await prisma.factory.count({ where: { id: factoryId } })) === 0) throw notFound('factory')
    const where = Prisma.sql`t.id in (
      select id from factory_keys where factory_id = ${factoryId}::uuid
      order by revoked_at is not null, id desc limit ${MAX_LISTED})`
    const keys = await readRows<FactoryKey>(pool, { shape: factoryKeyShape, selection, where })
    // Ids are in the order in which keys were issued.
    return keys.sort((left, right) => (left.id < right.id ? 1 : -1))
  }
}
