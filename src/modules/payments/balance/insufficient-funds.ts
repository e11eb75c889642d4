import { DomainError } from '../../../kernel/domain-error.js'

export const insufficientFunds = (): DomainError =>
  new DomainError('INSUFFICIENT_FUNDS', 'There is not enough money on the balance.')

export const isInsufficientFunds = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.code === 'INSUFFICIENT_FUNDS'
