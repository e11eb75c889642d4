import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInputObjectType,
  type OperationDefinitionNode,
  OperationTypeNode,
  type TypeNode,
  typeFromAST,
} from 'graphql'
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit'

export interface Execution {
  readonly document: DocumentNode
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: object
}

export type Executor = (execution: Execution) => Promise<ExecutionResult>

const USES_BEFORE_COMPILING = 2

interface Operation {
  uses: number
  compiled: CompiledQuery | null
  readonly canCompile: boolean
}

/**
 * Runs operations on graphql-js, and queries that come again on graphql-jit, which costs a quarter less on wide answers.
 * What graphql-jit does otherwise than graphql-js stays on graphql-js: mutations, input object variables (it refuses omitted
 * defaults) and every complaint about variables.
 */
export function hybridExecutor(schema: GraphQLSchema): Executor {
  // Apollo keeps parsed documents in a bounded cache, so what hangs on them is bounded too.
  const operations = new WeakMap<DocumentNode, Map<string, Operation>>()

  const operationOf = (document: DocumentNode, name: string | undefined): Operation => {
    const byName = operations.get(document) ?? new Map<string, Operation>()
    operations.set(document, byName)
    const known = byName.get(name ?? '')
    if (known) return known
    const fresh = { uses: 0, compiled: null, canCompile: canCompile(schema, getOperationAST(document, name)) }
    byName.set(name ?? '', fresh)
    return fresh
  }

  const plainly = ({ document, operationName, variables, context }: Execution) =>
    execute({
      schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables,
      contextValue: context,
    })

  return async (execution) => {
    const operation = operationOf(execution.document, execution.operationName)
    if (!operation.canCompile) return plainly(execution)
    if (!operation.compiled) {
      if (++operation.uses <= USES_BEFORE_COMPILING) return plainly(execution)
      const compiled = compileQuery(schema, execution.document, execution.operationName, {
        disablingCapturingStackErrors: true,
      } as never)
      if (isCompiledQuery(compiled)) operation.compiled = compiled
      else operation.uses = Number.NEGATIVE_INFINITY
    }
    if (!operation.compiled) return plainly(execution)
    const result = await operation.compiled.query(undefined, execution.context, { ...execution.variables })
    if (!result.errors) return result as ExecutionResult
    // Without data nothing ran: the variables were refused, and graphql-js words that better.
    if (result.data === undefined) return plainly(execution)
    return { ...(result as ExecutionResult), errors: (result.errors as readonly JitError[]).map(toGraphqlError) }
  }
}

function canCompile(schema: GraphQLSchema, operation: OperationDefinitionNode | null | undefined): boolean {
  if (operation?.operation !== OperationTypeNode.QUERY) return false
  return (operation.variableDefinitions ?? []).every(({ type }) => {
    const named = typeFromAST(schema, type as TypeNode as never)
    return named !== undefined && !isInputObjectType(getNamedType(named as never))
  })
}

interface JitError extends GraphQLFormattedError {
  readonly originalError?: Error
}

const ABOUT_AN_ARGUMENT = /^Argument "/

// graphql-jit's own errors have read-only messages, which Apollo's plugins assign to. Besides arguments they are about values of
// ours that cannot be written, which graphql-js reports as the errors that they are: with an original.
function toGraphqlError({ message, path, extensions, originalError }: JitError): GraphQLError {
  const original = originalError ?? (ABOUT_AN_ARGUMENT.test(message) ? undefined : new Error(message))
  return new GraphQLError(message, {
    ...(path && { path }),
    ...(extensions && { extensions }),
    ...(original && { originalError: original }),
  })
}
