import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { Viewer } from '../../kernel/viewer.js'
import { addressBlock } from '../limits/address-block.js'
import type { RateLimits } from '../limits/rate-limits.js'
import { operationCost } from './operation-cost.js'

/** Many people share an address; only one has an account. */
const ADDRESS_SHARE = 4

interface Caller {
  readonly viewer: Viewer
  readonly ip: string | null
}

/** Takes what an operation costs from its account's points, or its address's when nobody is signed in. @throws RATE_LIMITED */
export type ChargeOperation = (
  caller: Caller,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
) => Promise<void>

export function chargeOperations(schema: GraphQLSchema, limits: RateLimits, pointsPerMinute: number): ChargeOperation {
  const byAccount = limits.limit('operations:account', { points: pointsPerMinute, seconds: 60 })
  const byAddress = limits.limit('operations:address', { points: pointsPerMinute * ADDRESS_SHARE, seconds: 60 })
  return ({ viewer, ip }, document, operation, variables) => {
    const cost = operationCost(schema, document, operation, variables)
    if (viewer.kind === 'user') return byAccount.take(viewer.userId, cost)
    return byAddress.take(addressBlock(ip ?? ''), cost)
  }
}
