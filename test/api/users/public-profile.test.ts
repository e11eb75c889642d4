import { describe, expect, it } from 'vitest'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { registerSomebody } from '../auth/people.js'

const USER = 'query User($id: UUID!) { user(id: $id) { id displayName role createdAt } }'

const server = await startTestServer()
const visitor = new TestClient(server)
const { prisma } = server.platform.database

describe('a public profile', () => {
  it('is there for everybody', async () => {
    const { user } = await registerSomebody(server)
    const { id, displayName, role, createdAt } = user
    expect(await visitor.get(USER, { id })).toEqual({ user: { id, displayName, role, createdAt } })
  })

  it.each([
    ['a guest', { isGuest: true }],
    ['a blocked account', { blockedAt: new Date() }],
  ])('of %s is as absent as one that never was', async (_who, state) => {
    const { user } = await registerSomebody(server)
    await prisma.user.update({ where: { id: user.id }, data: state })
    expect(await visitor.codeOf(USER, { id: user.id })).toBe('NOT_FOUND')
    expect(await visitor.codeOf(USER, { id: '0198f3c2-7a60-7bb0-8000-000000000000' })).toBe('NOT_FOUND')
  })

  it('has no contact details', async () => {
    const { user } = await registerSomebody(server)
    expect(await visitor.codeOf(`{ user(id: "${user.id}") { email } }`)).not.toBe('ok')
  })

  it('of something that is no id is wrong input', async () => {
    const { errors } = await visitor.ask(USER, { id: '42' })
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'id', message: 'must be a UUID' }],
    })
  })
})
