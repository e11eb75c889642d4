import { TestClient } from '../../testkit/client.js'
import { type Acts, type Call, fieldOfAct } from './acts.js'
import { changedTables, quieten, takePrint } from './database-print.js'
import { documentOf, type RootField } from './documents.js'
import { followAll } from './following.js'
import { identityActs } from './identity.acts.js'
import { makingActs } from './making.acts.js'
import { orderingActs } from './ordering.acts.js'
import type { ViewerName } from './viewers.js'
import type { World } from './world.js'

export const acts: Acts = { ...identityActs, ...makingActs, ...orderingActs }

/** By viewer: `ok`, or the code of the error. */
export type Codes = Readonly<Partial<Record<ViewerName, string>>>

export interface Performance {
  readonly codes: Codes
  /** Tables that a call changed whose caller should have been refused. */
  readonly changedByRefused: readonly string[]
}

/** A performance without surprises. */
export const asExpected = (codes: Codes): Performance => ({ codes, changedByRefused: [] })

/** Has an act played for each viewer that something is expected for: first for those who should be refused, then for the others. */
export async function play(
  world: World,
  fields: ReadonlyMap<string, RootField>,
  name: string,
  expected: Codes,
): Promise<Performance> {
  const field = fields.get(fieldOfAct(name))
  if (!field) throw new Error(`no such field is served: ${name}`)
  const calls = await Promise.all((Object.keys(expected) as ViewerName[]).map((viewer) => prepare(world, name, viewer)))
  await quieten(world.prisma)
  const before = await takePrint(world.prisma)
  const refusals = await callAll(
    world,
    field,
    calls.filter(({ viewer }) => expected[viewer] !== 'ok'),
  )
  const changedByRefused = changedTables(before, await takePrint(world.prisma))
  const answers = await callAll(
    world,
    field,
    calls.filter(({ viewer }) => expected[viewer] === 'ok'),
  )
  return { codes: { ...refusals, ...answers }, changedByRefused }
}

async function prepare(world: World, name: string, viewer: ViewerName): Promise<Call> {
  const { args, usesUpCaller } = acts[name] ?? {}
  const caller = usesUpCaller ? await world.casting.enter(viewer) : world.cast[viewer]
  return { viewer, caller, args: (await args?.(world, caller)) ?? {} }
}

/** All at once, each from an address of its own: limits by address are not what is asked here. */
async function callAll({ server }: World, field: RootField, calls: readonly Call[]): Promise<Codes> {
  const document = documentOf(field)
  if (field.operation === 'subscription') return followAll(server, field.field.name, document, calls)
  const codes = await Promise.all(
    calls.map(async ({ viewer, caller, args }) => [
      viewer,
      await new TestClient(server, caller.token).codeOf(document, args),
    ]),
  )
  return Object.fromEntries(codes) as Codes
}
