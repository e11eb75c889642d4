import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { composeSchema } from '../../src/app/emit-schema.js'
import { PERMISSIONS_PAGE, permissionTable, withPermissionTable } from '../../src/app/permission-table.js'
import { permissions } from '../../src/kernel/permissions.js'

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), PERMISSIONS_PAGE), 'utf8')
const schema = await composeSchema()

test('the page shows the permissions as they are; `npm run permissions` writes them', () => {
  expect(withPermissionTable(page, schema)).toBe(page)
})

test('every permission has its line, and every root field its place', () => {
  const table = permissionTable(schema)
  for (const permission of Object.keys(permissions)) expect(table).toContain(`\n| ${permission} |`)
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    for (const field of Object.keys(type?.getFields() ?? {}))
      expect(table).toMatch(new RegExp(`${type?.name}\\.${field}\\b`))
})

test('a page without a place for the table is refused', () => {
  expect(() => withPermissionTable('# Auth\n', schema)).toThrow('no place for the table')
})
