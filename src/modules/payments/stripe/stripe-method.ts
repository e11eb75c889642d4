import { ProviderRefusal } from '../payment-provider.js'

const METHOD = /^(cus_\w+):(pm_\w+)$/

/** A kept method and the customer that it belongs to: neither can be charged without the other, and so they are one id to us. */
export const methodId = (customer: string, method: string): string => `${customer}:${method}`

/** @throws ProviderRefusal for what `methodId` did not make */
export function splitMethod(id: string): { customer: string; method: string } {
  const [, customer, method] = METHOD.exec(id) ?? []
  if (!customer || !method) throw new ProviderRefusal('this payment method is not one that Stripe keeps')
  return { customer, method }
}
