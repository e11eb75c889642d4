import { join } from 'node:path'
import type { Request } from 'autocannon'
import { newSecret } from './bench-secret.js'
import type { SigningKey } from './bench-world.js'
import { type BenchInput, ITEMS_FIRST, type Operation, type OperationName, ORDERS_FIRST } from './operations.js'
import { documents, fromPostgraphile } from './postgraphile-documents.js'

export const serverNames = ['AdTime', 'Mercurius', 'PostGraphile', 'limit'] as const

export type ServerName = (typeof serverNames)[number]

/** The same number of connections for every server. */
export const POOL_SIZE = 20

export interface BenchServer {
  readonly name: ServerName
  /** From the top of the project, for node. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly request: (operation: Operation, input: BenchInput) => Request
  /** The answer's data in the form of schema.graphql. */
  readonly dataOf: (operation: Operation, answer: unknown) => unknown
}

interface ServerSettings {
  readonly databaseUrl: string
  readonly key: SigningKey
  readonly dataDir: string
}

const PEERS = 'test/bench/peers'

/** The four servers, each as its makers would run it in production. */
export function benchServers({ databaseUrl, key, dataDir }: ServerSettings): readonly BenchServer[] {
  const env = { NODE_ENV: 'production', DATABASE_URL: databaseUrl }
  const beside = { ...env, POOL_SIZE: String(POOL_SIZE), JWKS: key.jwks }
  return [
    {
      name: 'AdTime',
      args: ['dist/app/main.js'],
      env: {
        ...env,
        // The same account asks thousands of times a second; what counting costs is measured all the same.
        RATE_LIMIT_COST: '100000000000',
        HOST: '127.0.0.1',
        DATA_DIR: dataDir,
        SEED: 'none',
        SANDBOX_PAYMENTS: 'allow',
        JWT_PRIVATE_KEY: key.privatePem,
        PASSWORD_PEPPER: newSecret(),
        SIGNING_SECRET: newSecret(),
      },
      request: ({ document }, input) => graphqlRequest(document, input),
      dataOf: (_, answer) => (answer as { data: unknown }).data,
    },
    {
      name: 'Mercurius',
      args: [join(PEERS, 'mercurius.js')],
      env: beside,
      request: ({ document }, input) => graphqlRequest(document, input),
      dataOf: (_, answer) => (answer as { data: unknown }).data,
    },
    {
      name: 'PostGraphile',
      args: [join(PEERS, 'postgraphile.js')],
      env: { ...beside, GRAPHILE_ENV: 'production' },
      request: ({ name }, input) => graphqlRequest(documents[name], input),
      dataOf: ({ name }, answer) => fromPostgraphile[name]((answer as { data: never }).data),
    },
    {
      name: 'limit',
      args: ['--import', 'tsx', 'test/bench/limit-server.ts'],
      env: beside,
      request: ({ name }, input) => plainRequest(name, input),
      dataOf: (_, answer) => answer,
    },
  ]
}

const JSON_TYPE = { 'content-type': 'application/json' }

const graphqlRequest = (query: string, { token, variables }: BenchInput): Request => ({
  method: 'POST',
  path: '/graphql',
  headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
  body: JSON.stringify({ query, variables }),
})

function plainRequest(name: OperationName, { token, variables }: BenchInput): Request {
  const headers = { authorization: `Bearer ${token}` }
  switch (name) {
    case 'order':
      return { method: 'GET', path: `/orders/${variables.id}`, headers }
    case 'my orders':
      return { method: 'GET', path: `/orders?first=${ORDERS_FIRST}`, headers }
    case 'marketplace':
      return { method: 'GET', path: `/items?first=${ITEMS_FIRST}&minPrice=${variables.minPrice}`, headers }
    case 'create order':
      return {
        method: 'POST',
        path: '/orders',
        headers: { ...JSON_TYPE, ...headers },
        body: JSON.stringify(variables.input),
      }
  }
}
