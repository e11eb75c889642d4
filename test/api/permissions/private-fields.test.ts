import 'reflect-metadata'
import { isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { composeSchema } from '../../../src/app/emit-schema.js'
import { startTestServer } from '../../testkit/server.js'
import { coordinateOf, look } from './looking.js'
import { privateFieldOutcomes, sharedFields } from './private-fields.table.js'
import { viewerNames } from './viewers.js'
import { openViewpoints } from './viewpoints.js'
import { World } from './world.js'

const schema = await composeSchema()
const world = await World.open(await startTestServer())
const from = await openViewpoints(world)

test('every field of what several people see is decided about', () => {
  const decided = new Set([...privateFieldOutcomes.keys()].map((path) => coordinateOf(schema, from, path)))
  for (const [name, shared] of Object.entries(sharedFields)) {
    const type = schema.getType(name)
    const fields = isObjectType(type) ? Object.keys(type.getFields()) : []
    const inTable = fields.filter((field) => decided.has(`${name}.${field}`))
    expect([name, ...new Set([...(shared.match(/\w+/g) ?? []), ...inTable])].sort()).toEqual([name, ...fields].sort())
  }
})

test.for([...privateFieldOutcomes])('%s is shown to whom the table says', async ([path, outcomes]) => {
  const shown = viewerNames.map(
    async (name) => [name, await look(world, schema, from, path, world.cast[name])] as const,
  )
  expect(Object.fromEntries(await Promise.all(shown))).toEqual(outcomes)
})
