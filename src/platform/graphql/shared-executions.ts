import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql'
import { FreshAnswers } from '../events/fresh-answers.js'
import type { Context } from './context.js'

interface Execution {
  readonly answer: ExecutionResult
  /** Nothing in it depends on who asked. */
  readonly isEverybodys: boolean
}

type Subscribed = AsyncIterableIterator<ExecutionResult> | ExecutionResult

/**
 * `subscribe` of graphql-js, but subscribers who hear the same event, ask for the same fields and would get the same answer get one
 * execution. Which answers those are is found out by watching: an execution that took nothing from its context, so neither who asks nor from
 * where, is everybody's. That a subscriber may hear the event was decided when its stream handed it over, for each by itself; and that its
 * arguments choose events and change none is what every subscription here keeps to.
 */
export function sharedSubscribe(): (args: ExecutionArgs) => Promise<Subscribed> {
  const executions = new FreshAnswers<Execution>()

  return async (args) => {
    const events = await createSourceEventStream(args)
    if (!(Symbol.asyncIterator in events)) return events
    const key = keyOf(args)
    const resultOf = async (event: unknown): Promise<ExecutionResult> => {
      let isOwn = key === null || typeof event !== 'object' || event === null
      const execute = () => {
        isOwn = true
        return executeWatched(args, event)
      }
      const shared = isOwn ? execute() : executions.of(event as object, key ?? '', execute)
      const { answer, isEverybodys } = shared instanceof Promise ? await shared : shared
      return isOwn || isEverybodys ? answer : (await execute()).answer
    }
    return mapped(events[Symbol.asyncIterator]() as AsyncIterableIterator<unknown>, resultOf)
  }
}

async function executeWatched(args: ExecutionArgs, event: unknown): Promise<Execution> {
  let hasLooked = false
  // A context for each event: what is loaded once for an operation must not outlive what it was loaded for.
  const contextValue = new Proxy(args.contextValue as Context, {
    get(context, name) {
      if (name !== 'container') hasLooked = true
      return Reflect.get(context, name) as unknown
    },
  })
  const answer = await execute({ ...args, rootValue: event, contextValue })
  return { answer, isEverybodys: !hasLooked && !answer.errors }
}

const operationNumbers = new WeakMap<OperationDefinitionNode, { readonly id: number; readonly variables: string[] }>()
let operations = 0

/** What two subscriptions must have in common to be asking for the same. Null for those that are not compared. */
function keyOf({ document, operationName, variableValues }: ExecutionArgs): string | null {
  const operation = getOperationAST(document, operationName)
  if (!operation || operation.selectionSet.selections.some(({ kind }) => kind !== Kind.FIELD)) return null
  const known = operationNumbers.get(operation) ?? {
    id: operations++,
    variables: variablesOfFields(document, operation),
  }
  operationNumbers.set(operation, known)
  return JSON.stringify([known.id, ...known.variables.map((name) => variableValues?.[name])])
}

/** The variables that say what is asked for, not which events are followed: all but those of the subscription's own arguments. */
function variablesOfFields(
  document: DocumentNode,
  { selectionSet: { selections } }: OperationDefinitionNode,
): string[] {
  const names = new Set<string>()
  const own = new Set(selections.flatMap((node) => (node.kind === Kind.FIELD ? (node.arguments ?? []) : [])))
  visit(document, {
    VariableDefinition: () => false,
    Argument: (node) => (own.has(node) ? false : undefined),
    Variable: ({ name }) => void names.add(name.value),
  })
  return [...names].sort()
}

/** An event that could not be read ends its stream: were the next one delivered, nobody would notice that it is missing. */
function delivered(result: ExecutionResult): ExecutionResult {
  const [error] = result.errors ?? []
  if (result.data == null && error) throw error
  return result
}

function mapped<Event>(
  events: AsyncIterableIterator<Event>,
  resultOf: (event: Event) => Promise<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  const end = async (): Promise<IteratorResult<ExecutionResult>> => {
    await events.return?.()
    return { value: undefined, done: true }
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      const next = await events.next()
      if (next.done) return next
      try {
        return { value: delivered(await resultOf(next.value)), done: false }
      } catch (error) {
        await end()
        throw error
      }
    },
    return: end,
  }
}
