import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

const text = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docker-compose.yml'), 'utf8')

interface Service {
  readonly image: string
  readonly build?: string
  readonly command?: readonly string[]
  readonly ports?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean }
  readonly configs?: readonly { readonly source: string; readonly target: string }[]
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly configs: Readonly<Record<string, { readonly content: string }>>
}

export const compose = parse(text) as Compose

/** Names of the variables that it takes from .env. */
export const composeVariables: ReadonlySet<string> = new Set(
  [...text.matchAll(/\$\{([A-Z][A-Z0-9_]*)/g)].flatMap(([, name]) => name ?? []),
)
