import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql'
import { TestClient } from '../../testkit/client.js'
import type { Caller } from './cast.js'
import { fieldOf, selectionAlong } from './documents.js'
import type { World } from './world.js'

/** Where a look begins: a field of Query with its arguments. */
export interface Viewpoint {
  readonly field: string
  readonly args: string
}

export type Viewpoints = Readonly<Record<string, Viewpoint>>

/** What a caller is shown at the end of a path: `ok`, `-` for null and for an empty list, or the code of the error. */
export async function look(
  { server }: World,
  schema: GraphQLSchema,
  from: Viewpoints,
  path: string,
  caller: Caller,
): Promise<string> {
  const { viewpoint, type, steps } = resolve(schema, from, path)
  const { field, args } = viewpoint
  const query = `{ start: ${field}${args && `(${args})`} ${selectionAlong(type, steps)} }`
  const { data, errors } = await new TestClient(server, caller.token).ask<Record<string, unknown>>(query)
  if (errors[0]) return errors[0].extensions.code
  return ['start', ...steps].reduce<unknown[]>(down, [data]).some(isShown) ? 'ok' : '-'
}

/** The field at the end of a path, as "User.email". */
export function coordinateOf(schema: GraphQLSchema, from: Viewpoints, path: string): string {
  const { type, steps } = resolve(schema, from, path)
  const parent = steps.slice(0, -1).reduce(objectAt, type)
  return `${parent.name}.${fieldOf(parent, steps.at(-1) ?? '').name}`
}

function resolve(schema: GraphQLSchema, from: Viewpoints, path: string) {
  const [start = '', ...steps] = path.split('.')
  const viewpoint = from[start]
  const query = schema.getQueryType()
  if (!viewpoint || !query) throw new Error(`nobody looks from ${start}`)
  return { viewpoint, type: objectAt(query, viewpoint.field), steps }
}

function objectAt(type: GraphQLObjectType, name: string): GraphQLObjectType {
  const below = getNamedType(fieldOf(type, name).type)
  if (!isObjectType(below)) throw new Error(`${type.name}.${name} has no fields`)
  return below
}

const down = (values: unknown[], step: string): unknown[] =>
  values.flatMap((value) => (value as Record<string, unknown> | null)?.[step] ?? null)

const isShown = (value: unknown): boolean => value !== null && value !== undefined
