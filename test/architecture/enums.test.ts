import { isEnumType } from 'graphql'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import * as prismaEnums from '../../src/generated/prisma/enums.js'
import { createTestDatabase } from '../testkit/database.js'
import { servedSchema } from './served-schema.js'

/** Enums of the database that the API does not show. */
const inner = [
  'EmailTokenPurpose',
  'FactoryCallStatus',
  'LedgerAccountKind',
  'MessageChannel',
  'PlanPurchaseKind',
  'QuotaReservationStatus',
  'SandboxPaymentStatus',
  'WebhookDeliveryStatus',
]

const declared = Object.entries(prismaEnums).map(([name, values]) => ({ name, values: Object.values(values).sort() }))
const declaredNames = declared.map(({ name }) => name)

/** The values of each enum type of a migrated database, by type name. */
let stored: Map<string, string[]>

beforeAll(async () => {
  const client = new pg.Client({ connectionString: (await createTestDatabase()).url })
  await client.connect()
  const { rows } = await client.query<{ name: string; values: string[] }>(
    `SELECT typname AS name, array_agg(enumlabel::text ORDER BY enumlabel::text COLLATE "C") AS values
     FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
     WHERE typnamespace = 'public'::regnamespace GROUP BY typname`,
  )
  await client.end()
  stored = new Map(rows.map(({ name, values }) => [name, values]))
})

const typeName = (name: string): string => name.replace(/\B[A-Z]/g, (letter) => `_${letter}`).toLowerCase()

test.for(declared)('$name has the same values in the database', ({ name, values }) => {
  expect(stored.get(typeName(name))).toEqual(values)
})

test('the database has no enum that the schema does not declare', () => {
  expect([...stored.keys()].sort()).toEqual(declaredNames.map(typeName).sort())
})

test.for(declared.filter(({ name }) => !inner.includes(name)))(
  '$name has the same values in the API',
  (declaration) => {
    const twin = servedSchema.getType(declaration.name)
    const values = isEnumType(twin) ? twin.getValues().map(({ name }) => name) : []
    expect(values.sort()).toEqual(declaration.values)
  },
)

test('what is listed as inner exists, and the API does not show it', () => {
  expect(inner.filter((name) => !declaredNames.includes(name) || servedSchema.getType(name))).toEqual([])
})
