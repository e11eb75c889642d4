import { isEmail } from 'class-validator'
import { GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql'
import { GraphQLJSONObject } from 'graphql-scalars'
import { isId } from '../../kernel/ids.js'
import { unstorable } from './text-rule.js'
import { Unparsable } from './unparsable.js'

interface ScalarRule<Value> {
  readonly name: string
  readonly description: string
  readonly parse: (raw: unknown) => Value | undefined
  /** Ends the sentence "this …" when a value is refused. */
  readonly expects: string
  readonly serialize?: (value: unknown) => unknown
}

function scalar<Value>({ name, description, parse, expects, serialize }: ScalarRule<Value>): GraphQLScalarType {
  const parseValue = (raw: unknown) => parse(raw) ?? new Unparsable(expects)
  return new GraphQLScalarType({
    name,
    description,
    serialize: serialize ?? ((value) => value),
    parseValue,
    parseLiteral: (node: ValueNode, variables) =>
      parseValue(node.kind === Kind.INT ? Number(node.value) : valueFromASTUntyped(node, variables)),
  })
}

const text =
  <Value>(accept: (text: string) => Value | undefined) =>
  (raw: unknown): Value | undefined =>
    typeof raw === 'string' ? accept(raw) : undefined

const POSTGRES_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?\+00:00$/

// Most moments come out of PostgreSQL's JSON, in UTC and one rewrite away; through a Date each costs five times as much.
function toIso(value: unknown): string {
  if (typeof value !== 'string' || !POSTGRES_UTC.test(value))
    return (value instanceof Date ? value : new Date(String(value))).toISOString()
  const time = value.slice(0, -'+00:00'.length)
  return time.includes('.') ? `${time.padEnd('2026-03-01T12:00:00.000'.length, '0')}Z` : `${time}.000Z`
}

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/

// `new Date` takes the 30th of February for the 2nd of March.
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}

export const DateTime = scalar<Date>({
  name: 'DateTime',
  description:
    'A moment, as RFC 3339 with an offset: "2026-03-01T12:00:00.000Z". Answers are in UTC with milliseconds.',
  expects: 'must be a date and time with an offset, such as 2026-03-01T12:00:00Z',
  serialize: toIso,
  parse: text((raw) => {
    const date = RFC_3339.test(raw) && isDay(raw.slice(0, 10)) ? new Date(raw) : undefined
    return date && !Number.isNaN(date.getTime()) ? date : undefined
  }),
})

export const UUID = scalar({
  name: 'UUID',
  description: 'A UUID. Ids that AdTime makes are version 7, so they sort by the time they were made.',
  expects: 'must be a UUID',
  parse: text((raw) => (isId(raw) ? raw.toLowerCase() : undefined)),
})

export const EmailAddress = scalar({
  name: 'EmailAddress',
  description: 'An e-mail address, up to 254 characters. Compared and stored in lower case.',
  expects: 'must be an e-mail address',
  parse: text((raw) => {
    const email = raw.trim().toLowerCase()
    return isEmail(email) && email.length <= 254 ? email : undefined
  }),
})

export const PhoneNumber = scalar({
  name: 'PhoneNumber',
  description: 'A phone number in E.164: "+79991234567". Spaces, hyphens and brackets are left out.',
  expects: 'must be a phone number with its country code, such as +79991234567',
  parse: text((raw) => {
    const digits = raw.replace(/[\s()-]/g, '')
    return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : undefined
  }),
})

export const URLScalar = scalar({
  name: 'URL',
  description: 'An absolute URL. Where the client gives one it must be http or https.',
  expects: 'must be an absolute http or https URL',
  parse: text((raw) =>
    /^https?:\/\//i.test(raw) && raw.length <= 2048 && URL.canParse(raw) && unstorable(raw) === null ? raw : undefined,
  ),
})

export const SafeInt = scalar({
  name: 'SafeInt',
  description: 'A whole number between -2^53 + 1 and 2^53 - 1.',
  expects: 'must be a whole number between -2^53 + 1 and 2^53 - 1',
  serialize(value) {
    const number = Number(value)
    if (!Number.isSafeInteger(number)) throw new RangeError('an amount left the range of SafeInt')
    return number
  },
  parse: (raw) => (typeof raw === 'number' && Number.isSafeInteger(raw) ? raw : undefined),
})

export const Cursor = scalar({
  name: 'Cursor',
  description:
    'A place in one list or stream. Opaque: only ever hand it back to where it came from; any other is BAD_USER_INPUT.',
  expects: 'must be a cursor',
  parse: text((raw) => (raw.length > 0 && raw.length <= 1024 ? raw : undefined)),
})

export const JSONObject = GraphQLJSONObject
