import 'reflect-metadata'
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql'
import { expect, test } from 'vitest'
import { composeSchema } from '../../../src/app/emit-schema.js'
import { markOf } from '../../../src/platform/graphql/guard.js'
import { OPEN } from '../../../src/platform/graphql/marks.js'
import { TestClient } from '../../testkit/client.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { startTestServer } from '../../testkit/server.js'
import { Casting } from './cast.js'
import { documentOf, dummyArguments, type RootField, rootFields } from './documents.js'

const server = await startTestServer()
const { prisma } = server.platform.database
const introspection = await new TestClient(server).get<IntrospectionQuery>(getIntrospectionQuery())
const served = rootFields(buildClientSchema(introspection))
const marks = new Map(rootFields(await composeSchema()).map(({ name, field }) => [name, markOf(field as never)]))
const guarded = served.filter(({ name }) => marks.get(name) !== OPEN)

const casting = await Casting.open(server, { own: '', foreign: '' })
const [blocked, ended, deleted] = [
  await casting.enter('admin'),
  await casting.enter('admin'),
  await casting.enter('admin'),
]
await prisma.user.update({ where: { id: blocked.id }, data: { blockedAt: new Date() } })
await prisma.session.update({ where: { id: ended.sessionId }, data: { endedAt: new Date() } })
await prisma.session.deleteMany({ where: { userId: deleted.id } })

/** Everybody who is nobody. */
const tokens = {
  'without a token': null,
  'with the token of a blocked account': blocked.token,
  'with the token of an ended session': ended.token,
  'with the token of a session that is gone': deleted.token,
  'with a refresh token': ended.refreshToken,
  'with something that is no token': 'admin',
}

test('what is served is what was composed', () => {
  expect(served.map(({ name }) => name).sort()).toEqual([...marks.keys()].sort())
  expect(guarded.length).toBeGreaterThan(25)
})

test.for(Object.entries(tokens))('%s every field is UNAUTHENTICATED unless it is marked open', async ([, token]) => {
  const codes = await Promise.all(guarded.map(async (field) => [field.name, await codeOf(field, token)]))
  expect(Object.fromEntries(codes)).toEqual(Object.fromEntries(guarded.map(({ name }) => [name, 'UNAUTHENTICATED'])))
})

test('what is marked open for reading asks nobody who they are', async () => {
  const open = served.filter(({ name, operation }) => operation === 'query' && marks.get(name) === OPEN)
  const codes = await Promise.all(open.map((field) => codeOf(field, null)))
  for (const code of codes) expect(['ok', 'NOT_FOUND']).toContain(code)
})

async function codeOf(field: RootField, token: string | null): Promise<string> {
  const [query, variables] = [documentOf(field), dummyArguments(field)]
  if (field.operation !== 'subscription') return new TestClient(server, token).codeOf(query, variables)
  const socket = await RawSocket.connect(server.url, token)
  const { payload } = await socket.ask('1', { query, variables })
  await socket.close()
  return (payload as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code ?? 'ok'
}
