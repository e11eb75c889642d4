import 'reflect-metadata'
import { expect, test } from 'vitest'
import { composeSchema } from '../../../src/app/emit-schema.js'
import { startTestServer } from '../../testkit/server.js'
import { rootFields } from './documents.js'
import { confirmSecondFactor } from './identity.acts.js'
import { look } from './looking.js'
import { privateFieldOutcomes } from './private-fields.table.js'
import { rootFieldOutcomes } from './root-fields.table.js'
import { acts, play } from './stage.js'
import type { ViewerName } from './viewers.js'
import { openViewpoints } from './viewpoints.js'
import { World } from './world.js'

const STAFF: readonly ViewerName[] = ['manager', 'admin']

const schema = await composeSchema()
const fields = new Map(rootFields(schema).map((field) => [field.name, field]))
const world = await World.open(await startTestServer({ env: { REQUIRE_SECOND_FACTOR: 'staff' } }))
const from = await openViewpoints(world)

const shown = (path: string) => Promise.all(STAFF.map((name) => look(world, schema, from, path, world.cast[name])))

test('until they have the second factor that they need, staff are told what any customer is', async () => {
  const got: Record<string, unknown> = {}
  const expected: Record<string, unknown> = {}
  for (const [act, { other }] of rootFieldOutcomes) {
    got[act] = await play(world, fields, act, STAFF)
    expected[act] = { manager: other, admin: other }
  }
  expect(got).toEqual(expected)
})

test('and shown what any customer is', async () => {
  for (const [path, { other }] of privateFieldOutcomes)
    expect([path, ...(await shown(path))]).toEqual([path, other, other])
})

test('once they have it, they are staff in the same session', async () => {
  for (const name of STAFF) await confirmSecondFactor(world, world.cast[name])
  for (const [path, { manager, admin }] of privateFieldOutcomes)
    expect([path, ...(await shown(path))]).toEqual([path, manager, admin])
  for (const [act, { manager, admin }] of rootFieldOutcomes)
    if (!acts[act]?.usesUpCaller)
      expect([act, await play(world, fields, act, STAFF)]).toEqual([act, { manager, admin }])
})
