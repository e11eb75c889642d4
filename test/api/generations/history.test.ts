import { describe, expect, test } from 'vitest'
import type { GenerationStatus } from '../../../src/generated/prisma/enums.js'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { HISTORY, type History } from './documents.js'

const ids: string[] = []

interface Row {
  readonly prompt: string
  readonly status: GenerationStatus
  readonly isLiked: boolean | null
  readonly createdAt: string
}

const rows: readonly Row[] = [
  { prompt: 'Красный велосипед', status: 'COMPLETED', isLiked: true, createdAt: '2026-01-01T00:00:00Z' },
  { prompt: 'Синий велосипед', status: 'FAILED', isLiked: null, createdAt: '2026-01-02T00:00:00Z' },
  { prompt: '100% шерсть', status: 'COMPLETED', isLiked: false, createdAt: '2026-01-03T00:00:00Z' },
  { prompt: 'A Red bicycle', status: 'CANCELLED', isLiked: null, createdAt: '2026-01-04T00:00:00Z' },
  { prompt: 'Кофе с собой', status: 'COMPLETED', isLiked: true, createdAt: '2026-01-05T00:00:00Z' },
]

const server = await startTestServer()
const owner = await openAccount(server)
const other = await openAccount(server)
for (const ownerId of [owner.id, other.id])
  for (const row of rows) {
    const id = newId()
    if (ownerId === owner.id) ids.push(id)
    await server.platform.database.prisma.generation.create({
      data: { id, ownerId, model: 'adtime-poster', width: 256, height: 256, imageCount: 1, ...row },
    })
  }

const history = async (variables: Record<string, unknown> = {}) =>
  (await owner.client.get<History>(HISTORY, variables)).me.generations
const newestFirst = (...indexes: number[]) => indexes.map((index) => ids[index])

describe('the history of generations', () => {
  test('is newest first and one’s own', async () => {
    const { nodes, totalCount } = await history()
    expect(nodes.map(({ id }) => id)).toEqual(newestFirst(4, 3, 2, 1, 0))
    expect(totalCount).toBe(5)
  })

  test('is paged without gaps', async () => {
    const first = await history({ first: 2 })
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    const second = await history({ first: 2, after: first.pageInfo.endCursor })
    const third = await history({ first: 2, after: second.pageInfo.endCursor })
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    const seen = [first, second, third].flatMap(({ nodes }) => nodes.map(({ id }) => id))
    expect(seen).toEqual(newestFirst(4, 3, 2, 1, 0))
  })

  test.each([
    [{ status: ['COMPLETED'] }, [4, 2, 0]],
    [{ status: ['FAILED', 'CANCELLED'] }, [3, 1]],
    [{ status: [] }, [4, 3, 2, 1, 0]],
    [{ isLiked: true }, [4, 0]],
    [{ isLiked: false }, [2]],
    [{ search: 'ВЕЛОСИПЕД' }, [1, 0]],
    [{ search: 'bicycle red' }, [3]],
    [{ search: '%' }, [2]],
    [{ search: '  ' }, [4, 3, 2, 1, 0]],
    [{ createdAfter: '2026-01-02T00:00:00Z', createdBefore: '2026-01-04T00:00:00Z' }, [2, 1]],
    [{ status: ['COMPLETED'], isLiked: true, search: 'велосипед' }, [0]],
    [{ status: ['PENDING'] }, []],
  ])('narrowed by %j', async (filter, found) => {
    const { nodes, totalCount } = await history({ filter })
    expect(nodes.map(({ id }) => id)).toEqual(newestFirst(...found))
    expect(totalCount).toBe(found.length)
  })

  test('costs one statement with the account it belongs to', async () => {
    const document =
      'query Screen { me { id generations(first: 3) { nodes { id images { id } owner { displayName } } } } }'
    await owner.client.get(document)
    const statements = await server.statements.during(() => owner.client.get(document))
    expect(statements.filter((text) => text.includes('generations'))).toHaveLength(1)
  })

  test.each([
    [{ first: 101 }, 'first'],
    [{ after: 'AAAA' }, 'after'],
    [{ filter: { search: 'x'.repeat(101) } }, 'filter.search'],
    [{ filter: { createdAfter: 'yesterday' } }, 'filter.createdAfter'],
  ])('refuses %j', async (variables, path) => {
    const { errors } = await owner.client.ask(HISTORY, variables)
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] })
  })
})
