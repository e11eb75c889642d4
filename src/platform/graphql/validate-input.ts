import { type ValidationError, validateSync } from 'class-validator'
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

/**
 * Throws everything wrong with an argument in one error, scalars that did not parse and broken rules alike, after trimming its
 * texts. A rule's message with several lines is several wrong fields at one path.
 *
 * @param value of an argument, or an instance of an @Args class
 * @param args all arguments of the field as they came in
 * @throws BAD_USER_INPUT
 */
export function checkInput(value: unknown, args: Readonly<Record<string, unknown>>): void {
  if (value == null) return
  const path = argumentPath(value, args)
  const wrong = findUnparsable(value, path)
  if (isInput(value)) {
    trimDeep(value)
    const known = new Set(wrong.map((field) => field.path))
    const errors = validateSync(value, { skipMissingProperties: true, forbidUnknownValues: false })
    wrong.push(
      ...flatten(errors, path).filter(
        (field) => ![...known].some((at) => field.path === at || at.startsWith(`${field.path}.`)),
      ),
    )
  }
  if (wrong.length > 0) throw inputError(wrong)
}

/** TypeGraphQL's `validateFn`. */
export const validateInput: ValidatorFn = (value: unknown, _type, { args }) =>
  checkInput(value, args as Readonly<Record<string, unknown>>)
