import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildSchema } from 'graphql'

/** schema.graphql, as committed. */
export const servedSchema = buildSchema(
  readFileSync(join(resolve(import.meta.dirname, '../..'), 'schema.graphql'), 'utf8'),
)
