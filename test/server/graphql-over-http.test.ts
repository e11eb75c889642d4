import { getIntrospectionQuery } from 'graphql'
import { describe, expect, test } from 'vitest'
import type { GraphqlFailure } from '../testkit/client.js'
import { startTestServer } from '../testkit/server.js'

const server = await startTestServer()

const RESPONSE_TYPE = 'application/graphql-response+json'
const OPEN = 'query Open { __typename }'

interface Answered {
  readonly status: number
  readonly type: string
  readonly requestId: string | null
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly GraphqlFailure[]
}

async function answerOf(response: Response): Promise<Answered> {
  const text = await response.text()
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    requestId: response.headers.get('x-request-id'),
    ...(JSON.parse(text) as object),
  }
}

async function post(body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return answerOf(response)
}

async function get(parameters: Record<string, string>, headers: Record<string, string> = {}): Promise<Answered> {
  return answerOf(await fetch(`${server.url}/graphql?${new URLSearchParams(parameters)}`, { headers }))
}

/** A refusal in its one form: GraphQL JSON, one code, the request id of the answer's header. */
function expectRefusal(answer: Answered, status: number, code: string): void {
  expect(answer.status).toBe(status)
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code, requestId: answer.requestId })
  expect(answer.type).toMatch(/^application\/(graphql-response\+)?json/)
  expect(answer.data ?? null).toBeNull()
}

describe('a request error', () => {
  const wrong = {
    'a document that does not parse': { query: 'query {' },
    'an unknown field': { query: '{ nothing }' },
    'a missing query': { variables: {} },
    'an unknown operation name': { query: 'query A { __typename } query B { __typename }', operationName: 'C' },
    'no operation name among several': { query: 'query A { __typename } query B { __typename }' },
    'a variable of the wrong type': {
      query: 'query Q($first: Int) { marketplaceItems(first: $first) { totalCount } }',
      variables: { first: 'many' },
    },
    'a missing variable': { query: 'query Q($id: UUID!) { order(id: $id) { id } }' },
  }

  test.each(Object.entries(wrong))('%s is a 400 to who accepts graphql-response+json', async (_, body) => {
    const answer = await post(body, { accept: RESPONSE_TYPE })

    expectRefusal(answer, 400, 'BAD_USER_INPUT')
    expect(answer.type).toContain(RESPONSE_TYPE)
  })

  test('is answered as application/json to who accepts only that', async () => {
    const answer = await post({ query: '{ nothing }' }, { accept: 'application/json' })

    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(answer.type).toMatch(/^application\/json/)
  })

  test('of a resolver is part of a 200, whatever is accepted', async () => {
    const answer = await post({ query: 'mutation { logout }' }, { accept: RESPONSE_TYPE })

    expect(answer).toMatchObject({
      status: 200,
      errors: [{ extensions: { code: 'UNAUTHENTICATED', requestId: answer.requestId } }],
    })
  })
})

describe('a body', () => {
  test('that is no JSON is a 400', async () => {
    expectRefusal(await post('{"query": '), 400, 'BAD_USER_INPUT')
  })

  test('over 512 kB is a 413', async () => {
    expectRefusal(await post({ query: `# ${'x'.repeat(520 * 1024)}\n${OPEN}` }), 413, 'BAD_USER_INPUT')
  })

  test('under 512 kB is read', async () => {
    const query = 'query Q($note: String) { __typename @include(if: true) }'

    expect((await post({ query: OPEN, variables: { note: 'x'.repeat(400 * 1024) } })).status).toBe(200)
    expect((await post({ query })).status).toBe(400)
  })

  test('that is a batch is refused', async () => {
    expectRefusal(await post([{ query: OPEN }, { query: OPEN }]), 400, 'BAD_USER_INPUT')
  })

  test.each(['null', '"text"', '7', '[]', '{"query":{}}', '{"query":"{ __typename }","variables":[]}'])(
    'that is %s is refused',
    async (body) => {
      expectRefusal(await post(body), 400, 'BAD_USER_INPUT')
    },
  )

  test('of another media type is refused, as a form of another site could send it', async () => {
    const answer = await post(JSON.stringify({ query: OPEN }), { 'content-type': 'text/plain' })

    expect(answer.status).toBeGreaterThanOrEqual(400)
    expectRefusal(answer, answer.status, 'BAD_USER_INPUT')
  })

  test('of an HTML form is refused', async () => {
    const answer = await post(new URLSearchParams({ query: 'mutation { logout }' }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    })

    expectRefusal(answer, answer.status, 'BAD_USER_INPUT')
    expect(answer.status).toBeGreaterThanOrEqual(400)
  })
})

describe('GET', () => {
  const preflight = { 'apollo-require-preflight': 'true' }

  test('answers a query that carries the preflight header', async () => {
    expect(await get({ query: OPEN }, preflight)).toMatchObject({ status: 200, data: { __typename: 'Query' } })
  })

  test('takes variables', async () => {
    const query = 'query Q($first: Int) { marketplaceItems(first: $first) { totalCount } }'

    expect(await get({ query, variables: '{"first":1}' }, preflight)).toMatchObject({
      status: 200,
      data: { marketplaceItems: { totalCount: 0 } },
    })
  })

  test('without the preflight header is refused: any site could have sent it', async () => {
    expectRefusal(await get({ query: OPEN }), 400, 'BAD_USER_INPUT')
  })

  test('does not run mutations', async () => {
    const answer = await get({ query: 'mutation { logout }' }, preflight)

    expectRefusal(answer, 405, 'BAD_USER_INPUT')
  })
})

describe('what asks for too much is refused before it runs', () => {
  test('a thousand aliases', async () => {
    const aliases = Array.from({ length: 1_000 }, (_, index) => `a${index}: __typename`).join(' ')

    expectRefusal(await post({ query: `{ ${aliases} }` }), 400, 'QUERY_TOO_COMPLEX')
  })

  test('five hundred repetitions of a field', async () => {
    expectRefusal(await post({ query: `{ ${'plans { tier } '.repeat(500)} }` }), 400, 'QUERY_TOO_COMPLEX')
  })

  test('fifty levels', async () => {
    const query = `query Deep($id: UUID!) { order(id: $id) { ${'customer { orders(first: 1) { nodes { '.repeat(16)}id${' } } }'.repeat(16)} } }`

    expectRefusal(
      await post({ query, variables: { id: '018f4e3a-0000-7000-8000-000000000000' } }),
      400,
      'QUERY_TOO_COMPLEX',
    )
  })

  test.each(['orders', 'marketplaceItems', 'factories'])('more than a hundred %s', async (list) => {
    const answer = await post({
      query: `query Q($first: Int) { ${list}(first: $first) { totalCount } }`,
      variables: { first: 101 },
    })

    expect(answer.errors?.[0]?.extensions).toMatchObject(
      list === 'orders' ? { code: 'UNAUTHENTICATED' } : { code: 'BAD_USER_INPUT', fields: [{ path: 'first' }] },
    )
  })

  test('but not what GraphiQL asks to know the schema', async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      inputValueDeprecation: true,
      schemaDescription: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
    })
    const answer = await post({ query })

    expect(answer.errors).toBeUndefined()
    expect(answer.data).toHaveProperty('__schema')
  })
})
