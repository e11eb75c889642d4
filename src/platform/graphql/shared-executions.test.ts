import { buildSchema, type ExecutionResult, type GraphQLObjectType, parse } from 'graphql'
import { beforeEach, expect, it, vi } from 'vitest'
import { sharedSubscribe } from './shared-executions.js'

interface Event {
  readonly number: number
}
interface Context {
  readonly viewer: string
  readonly container: object
}

const schema = buildSchema(`
  type Query { nothing: Int }
  type Subscription { changed(order: Int!, after: Int): Change! }
  type Change { number: Int!, times(by: Int!): Int!, viewer: String!, late: String!, broken: Int, box: String! }
`)
const load = vi.fn()
const fieldsOf = (name: string) => (schema.getType(name) as GraphQLObjectType).getFields()
const changed = fieldsOf('Subscription').changed
const change = fieldsOf('Change')
if (!changed || !change.times || !change.viewer || !change.late || !change.broken || !change.box)
  throw new Error('schema')

let events: Event[]
let subscribe: ReturnType<typeof sharedSubscribe>
changed.subscribe = async function* () {
  yield* events
}
changed.resolve = async (event: Event) => {
  load(event.number)
  await new Promise(setImmediate)
  return event
}
change.times.resolve = ({ number }: Event, { by }: { by: number }) => number * by
change.viewer.resolve = (_event, _args, context: Context) => context.viewer
change.late.resolve = async (_event, _args, context: Context) => {
  await new Promise(setImmediate)
  return context.viewer
}
change.broken.resolve = () => {
  throw new Error('broken')
}
change.box.resolve = (_event, _args, { container }: Context) => String(container)

beforeEach(() => {
  load.mockClear()
  events = [{ number: 1 }]
  subscribe = sharedSubscribe()
})

const documents = new Map<string, ReturnType<typeof parse>>()
async function first(viewer: string, query: string, variableValues: Record<string, unknown> = {}) {
  const document = documents.get(query) ?? parse(query)
  documents.set(query, document)
  const results = await subscribe({ schema, document, variableValues, contextValue: { viewer, container: 'box' } })
  const { value } = await (results as AsyncIterableIterator<ExecutionResult>).next()
  return (value as ExecutionResult).data?.changed
}

it('executes once for all who ask for the same, if nothing depends on who they are, whatever they resume from', async () => {
  const query =
    'subscription($order: Int!, $after: Int, $by: Int!) { changed(order: $order, after: $after) { number times(by: $by) box } }'
  const answers = await Promise.all(
    ['anna', 'boris', 'vera'].map((viewer, after) => first(viewer, query, { order: 7, after, by: 2 })),
  )
  expect(answers).toEqual(Array(3).fill({ number: 1, times: 2, box: 'box' }))
  expect(load).toHaveBeenCalledOnce()
})

it.each(['viewer', 'late'])('executes for each what depends on who asks (%s)', async (field) => {
  const query = `subscription { changed(order: 1) { number ${field} } }`
  const answers = await Promise.all(['anna', 'boris', 'vera'].map((viewer) => first(viewer, query)))
  expect(answers).toEqual(['anna', 'boris', 'vera'].map((viewer) => ({ number: 1, [field]: viewer })))
})

it('tells variables apart that say what is asked for', async () => {
  const query = `subscription($by: Int!, $more: Boolean!) { changed(order: 1) { times(by: $by) number @include(if: $more) } }`
  const answers = await Promise.all([
    first('anna', query, { by: 2, more: false }),
    first('boris', query, { by: 3, more: false }),
    first('vera', query, { by: 3, more: true }),
  ])
  expect(answers).toEqual([{ times: 2 }, { times: 3 }, { times: 3, number: 1 }])
})

it('tells events and documents apart', async () => {
  expect(await first('anna', 'subscription { changed(order: 1) { number } }')).toEqual({ number: 1 })
  expect(await first('anna', 'subscription { changed(order: 1) { n: number } }')).toEqual({ n: 1 })
  events = [{ number: 2 }]
  expect(await first('anna', 'subscription { changed(order: 1) { number } }')).toEqual({ number: 2 })
})

it('shares no failures', async () => {
  const query = 'subscription { changed(order: 1) { number broken } }'
  await Promise.all([first('anna', query), first('boris', query)])
  expect(load).toHaveBeenCalledTimes(2)
})

it('executes anew for who hears of the event later', async () => {
  const query = 'subscription { changed(order: 1) { number } }'
  await first('anna', query)
  await new Promise((resolve) => setTimeout(resolve, 150))
  await first('boris', query)
  expect(load).toHaveBeenCalledTimes(2)
})

it('ends its events when it is returned', async () => {
  const ended = vi.fn()
  changed.subscribe = async function* () {
    try {
      yield { number: 1 }
      yield { number: 2 }
    } finally {
      ended()
    }
  }
  const document = parse('subscription { changed(order: 1) { number } }')
  const results = (await subscribe({ schema, document, contextValue: {} })) as AsyncIterableIterator<ExecutionResult>
  await results.next()
  await results.return?.()
  expect(ended).toHaveBeenCalledOnce()
})
