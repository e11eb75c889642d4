import { type ValidationError, validate } from 'class-validator'
import type { FieldNode, GraphQLResolveInfo } from 'graphql'
import type { ValidatorFn } from 'type-graphql'
import { inputError, type WrongField } from '../../kernel/domain-error.js'
import { trimTexts } from './text-rule.js'
import { findUnparsable, Unparsable } from './unparsable.js'

const isInput = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !(value instanceof Date) && !(value instanceof Unparsable)

function trimDeep(value: object): void {
  if (!Array.isArray(value)) trimTexts(value)
  for (const inner of Object.values(value)) if (isInput(inner)) trimDeep(inner)
}

function flatten(errors: readonly ValidationError[], path: readonly string[]): WrongField[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const here = [...path, property]
    const own = Object.values(constraints ?? {}).flatMap((message) =>
      message.split('\n').map((one) => ({ path: here.join('.'), message: one })),
    )
    return [...own, ...flatten(children ?? [], here)]
  })
}

/** The names under which an argument's value came in: input objects keep theirs, an @Args class has none. */
function argumentPath(value: unknown, args: Readonly<Record<string, unknown>>): string[] {
  if (!isInput(value) || Array.isArray(value)) {
    const name = Object.entries(args).find(([, raw]) => raw === value)?.[0]
    return name ? [name] : []
  }
  const names = Object.keys(args)
  const isWhole = Object.keys(value).some((key) => names.includes(key)) && !('input' in args)
  return isWhole ? [] : ['input']
}

// By the operation's variables and the field's node.
const alreadyAsked = new WeakMap<object, Map<FieldNode, Promise<void>>>()

/**
 * TypeGraphQL's `validateFn`: everything wrong with an argument in one error, scalars that did not parse and broken rules alike.
 * A rule's message with several lines is several wrong fields at one path.
 */
export const validateInput: ValidatorFn = (value: unknown, _type, { args, info }) => {
  if (value == null) return
  const path = argumentPath(value, args as Record<string, unknown>)
  if (isInput(value)) trimDeep(value)
  // The objects of a list are all asked with the same arguments, so those of an @Args class are validated for the first alone.
  return isInput(value) && path.length === 0
    ? onceForField(info, () => validateAt(path, value))
    : validateAt(path, value)
}

function onceForField(
  { variableValues, fieldNodes, path }: GraphQLResolveInfo,
  check: () => Promise<void>,
): Promise<void> {
  const [node] = fieldNodes
  if (!node || path.prev === undefined) return check()
  const checks = alreadyAsked.get(variableValues) ?? new Map<FieldNode, Promise<void>>()
  alreadyAsked.set(variableValues, checks)
  const known = checks.get(node) ?? check()
  checks.set(node, known)
  return known
}

async function validateAt(path: readonly string[], value: unknown): Promise<void> {
  const wrong = findUnparsable(value, path)
  if (isInput(value)) {
    const known = new Set(wrong.map((field) => field.path))
    const errors = await validate(value, { skipMissingProperties: true, forbidUnknownValues: false })
    wrong.push(
      ...flatten(errors, path).filter(
        (field) => ![...known].some((at) => field.path === at || at.startsWith(`${field.path}.`)),
      ),
    )
  }
  if (wrong.length > 0) throw inputError(wrong)
}
