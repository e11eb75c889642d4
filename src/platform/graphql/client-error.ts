import { type ASTNode, GraphQLError, type GraphQLFormattedError, Kind, parse, visit } from 'graphql'
import { DomainError, ErrorCode, type WrongField } from '../../kernel/domain-error.js'

const TOO_COMPLEX = /limit of \d+ exceeded|more that \d+ tokens|^Validation aborted\.$/i
const INPUT_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])
const HIDDEN_MESSAGE = 'Something went wrong on our side. Quote the request id when you report it.'

export interface ErrorAudience {
  readonly requestId?: string | undefined
  /** Production: nothing about internals leaves, and no hints about names in the schema. */
  readonly isProduction: boolean
}

/** What was thrown, below the wrappers that executors put around it. */
export function rootCause(error: unknown): unknown {
  let cause = error
  while (cause instanceof Error && 'originalError' in cause && cause.originalError instanceof Error)
    cause = cause.originalError
  return cause
}

/** Whether an error is a fault of ours, to be logged with its stack, rather than an answer to the caller. */
export function isFault(error: unknown): boolean {
  return describe(error).code === ErrorCode.INTERNAL_SERVER_ERROR
}

/** The one form in which failures reach clients, over HTTP and sockets alike. */
export function toClientError(error: unknown, audience: ErrorAudience): GraphQLFormattedError {
  const { code, message, fields, retryAfter } = describe(error)
  const graphqlError = error instanceof GraphQLError ? error : null
  const isHidden = code === ErrorCode.INTERNAL_SERVER_ERROR && audience.isProduction
  const shown = isHidden ? HIDDEN_MESSAGE : message
  const withoutHint = (text: string) => (audience.isProduction ? text.replace(/ Did you mean .*\?$/s, '') : text)
  return {
    message: withoutHint(shown),
    ...(graphqlError?.locations && { locations: graphqlError.locations }),
    ...(graphqlError?.path && { path: graphqlError.path }),
    extensions: {
      code,
      ...(fields && { fields: fields.map((field) => ({ ...field, message: withoutHint(field.message) })) }),
      ...(retryAfter !== undefined && { retryAfter }),
      ...(audience.requestId && { requestId: audience.requestId }),
    },
  }
}

interface Description {
  readonly code: ErrorCode
  readonly message: string
  readonly fields?: readonly WrongField[] | undefined
  readonly retryAfter?: number | undefined
}

function describe(error: unknown): Description {
  const cause = rootCause(error)
  if (cause instanceof DomainError) return cause
  const message = error instanceof Error ? error.message : String((error as { message?: unknown })?.message ?? error)
  const extensions = (error as { extensions?: { code?: string; fields?: WrongField[]; retryAfter?: number } } | null)
    ?.extensions
  if (TOO_COMPLEX.test(message))
    return { code: ErrorCode.QUERY_TOO_COMPLEX, message: message.replace(/^Syntax Error: /, '') }
  const known = ErrorCode[extensions?.code as keyof typeof ErrorCode]
  if (known && known !== ErrorCode.BAD_USER_INPUT)
    return { code: known, message, fields: extensions?.fields, retryAfter: extensions?.retryAfter }
  if (isComplaint(error, cause) || INPUT_CODES.has(extensions?.code ?? ''))
    return { code: ErrorCode.BAD_USER_INPUT, message, fields: extensions?.fields ?? wrongFields(message, error) }
  return { code: ErrorCode.INTERNAL_SERVER_ERROR, message }
}

/**
 * Whether graphql-js itself complains about what the caller sent: before anything ran, so that the error has no path; or about an argument
 * on the way, which points into the document, as a value of ours that cannot be written does not.
 */
function isComplaint(error: unknown, cause: unknown): boolean {
  if (!(cause instanceof GraphQLError) || cause.extensions.code !== undefined) return false
  const hasRun = (error as GraphQLError).path !== undefined
  return cause === error || !hasRun || (cause.nodes?.length ?? 0) > 0
}

// graphql-js words its own complaints about variables like this; the path in them is what a form needs.
const WRONG_VALUE = /^Variable "\$(\w+)" got invalid value .*?(?: at "\w+([^"]*)")?; (.*)$/s
const MISSING = /^(?:Variable|Argument) "(\$?\w+)" of (?:required|non-null) type "[^"]+" (.*)$/s
const MISSING_FIELD = /Field "(\w+)" of required type/

function wrongFields(message: string, error: unknown): readonly WrongField[] | undefined {
  const wrong = WRONG_VALUE.exec(message)
  if (wrong) {
    const [, variable = '', below = '', rest = ''] = wrong
    const base = argumentOf(variable, error) + below.replaceAll('[', '.').replaceAll(']', '')
    const missing = MISSING_FIELD.exec(rest)?.[1]
    return [{ path: missing ? `${base}.${missing}` : base, message: missing ? 'is required' : rest }]
  }
  const [, name, problem] = MISSING.exec(message) ?? []
  if (name === undefined) return undefined
  const path = name.startsWith('$') ? argumentOf(name.slice(1), error) : name
  return [{ path, message: problem ?? 'is required' }]
}

/** Where a variable is used first, as a path of arguments: a form knows those, and not what the document calls its variables. */
function argumentOf(variable: string, error: unknown): string {
  const source = error instanceof GraphQLError ? error.source?.body : undefined
  if (source === undefined) return variable
  let path = ''
  visit(parse(source, { noLocation: true }), {
    Variable({ name }, _key, parent, _path, ancestors) {
      if (path === '' && name.value === variable)
        path = ([...ancestors, parent] as readonly ASTNode[]).flatMap(argumentName).join('.')
    },
  })
  return path || variable
}

const argumentName = (node: ASTNode): string[] =>
  node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD ? [node.name.value] : []
