import { TestClient } from '../../testkit/client.js'
import { type Acts, type Call, fieldOfAct } from './acts.js'
import { documentOf, type RootField } from './documents.js'
import { followAll } from './following.js'
import { identityActs } from './identity.acts.js'
import { makingActs } from './making.acts.js'
import { orderingActs } from './ordering.acts.js'
import type { ViewerName } from './viewers.js'
import type { World } from './world.js'

export const acts: Acts = { ...identityActs, ...makingActs, ...orderingActs }

/** What each of these viewers gets for an act: `ok`, or the code of the error. */
export async function play(
  world: World,
  fields: ReadonlyMap<string, RootField>,
  name: string,
  viewers: readonly ViewerName[],
): Promise<Readonly<Partial<Record<ViewerName, string>>>> {
  const field = fields.get(fieldOfAct(name))
  if (!field) throw new Error(`no such field is served: ${name}`)
  const calls = await Promise.all(viewers.map((viewer) => prepare(world, name, viewer)))
  const document = documentOf(field)
  if (field.operation === 'subscription') return followAll(world.server, field.field.name, document, calls)
  const codes = await Promise.all(
    // From an address of its own each: limits by address are not what is asked here.
    calls.map(({ caller, args }) => new TestClient(world.server, caller.token).codeOf(document, args)),
  )
  return Object.fromEntries(viewers.map((viewer, index) => [viewer, codes[index]]))
}

async function prepare(world: World, name: string, viewer: ViewerName): Promise<Call> {
  const { args, usesUpCaller } = acts[name] ?? {}
  const caller = usesUpCaller ? await world.casting.enter(viewer) : world.cast[viewer]
  return { viewer, caller, args: (await args?.(world, caller)) ?? {} }
}
