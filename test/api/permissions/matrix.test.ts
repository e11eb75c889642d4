import 'reflect-metadata'
import { expect, test } from 'vitest'
import { composeSchema } from '../../../src/app/emit-schema.js'
import { BOT_TOKEN } from '../../simulators/telegram-login.js'
import { startTestServer } from '../../testkit/server.js'
import { fieldOfAct } from './acts.js'
import { rootFields } from './documents.js'
import { rootFieldOutcomes } from './root-fields.table.js'
import { acts, asExpected, play } from './stage.js'
import { World } from './world.js'

const schema = await composeSchema()
const fields = new Map(rootFields(schema).map((field) => [field.name, field]))
const world = await World.open(await startTestServer({ env: { TELEGRAM_BOT_TOKEN: BOT_TOKEN } }))

test('every root field that is served has its line in the table, and nothing else has', () => {
  const decided = new Set([...rootFieldOutcomes.keys()].map(fieldOfAct))
  expect([...decided].sort()).toEqual([...fields.keys()].sort())
  expect([...rootFieldOutcomes.keys()].sort()).toEqual(Object.keys(acts).sort())
})

test.for([...rootFieldOutcomes])('%s is for whom the table says', async ([act, outcomes]) => {
  expect(await play(world, fields, act, outcomes)).toEqual(asExpected(outcomes))
})
