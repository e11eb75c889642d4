import 'reflect-metadata'
import { beforeAll, describe, expect, test } from 'vitest'
import { composeSchema } from '../../../src/app/emit-schema.js'
import { BOT_TOKEN } from '../../simulators/telegram-login.js'
import { startTestServer } from '../../testkit/server.js'
import { rootFields } from './documents.js'
import { confirmSecondFactor } from './identity.acts.js'
import { look, type Viewpoints } from './looking.js'
import type { Outcomes } from './outcomes.js'
import { privateFieldOutcomes } from './private-fields.table.js'
import { rootFieldOutcomes } from './root-fields.table.js'
import { acts, asExpected, play } from './stage.js'
import { openViewpoints } from './viewpoints.js'
import { World } from './world.js'

const STAFF = ['manager', 'admin'] as const

const schema = await composeSchema()
const fields = new Map(rootFields(schema).map((field) => [field.name, field]))
const server = await startTestServer({ env: { REQUIRE_SECOND_FACTOR: 'staff', TELEGRAM_BOT_TOKEN: BOT_TOKEN } })

const isStaffs = ({ other, manager, admin }: Outcomes) => manager !== other || admin !== other
/** Where it makes a difference to be staff. */
const ofStaff = (table: ReadonlyMap<string, Outcomes>) => [...table].filter(([, outcomes]) => isStaffs(outcomes))

async function shown(world: World, from: Viewpoints, path: string) {
  const [manager, admin] = await Promise.all(STAFF.map((name) => look(world, schema, from, path, world.cast[name])))
  return { manager, admin }
}

describe('until they have the second factor that they need, staff are customers like any other', async () => {
  const world = await World.open(server)
  const from = await openViewpoints(world)

  test.for([...rootFieldOutcomes])('%s', async ([act, { other }]) => {
    const expected = { manager: other, admin: other }
    expect(await play(world, fields, act, expected)).toEqual(asExpected(expected))
  })

  test.for(ofStaff(privateFieldOutcomes))('%s', async ([path, { other }]) => {
    expect(await shown(world, from, path)).toEqual({ manager: other, admin: other })
  })
})

describe('once they have it, they are staff in the same session', async () => {
  const world = await World.open(server)
  const from = await openViewpoints(world)

  beforeAll(async () => {
    for (const name of STAFF) await confirmSecondFactor(world, world.cast[name])
  })

  test.for(ofStaff(rootFieldOutcomes).filter(([act]) => !acts[act]?.usesUpCaller))(
    '%s',
    async ([act, { manager, admin }]) => {
      expect(await play(world, fields, act, { manager, admin })).toEqual(asExpected({ manager, admin }))
    },
  )

  test.for(ofStaff(privateFieldOutcomes))('%s', async ([path, { manager, admin }]) => {
    expect(await shown(world, from, path)).toEqual({ manager, admin })
  })
})
