import { expect, it } from 'vitest'
import { configFrom } from '../../../../src/platform/config/config.js'
import { ignoredVariables, readEnvironment } from '../../../../src/platform/config/environment.js'

const both = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_1' }

it('Stripe is configured by its key and the secret of its webhooks, and asked at its own address', () => {
  const environment = readEnvironment(both)
  expect(configFrom(environment).stripe).toMatchObject({
    secretKey: 'sk_test_1',
    webhookSecret: 'whsec_1',
    apiUrl: 'https://api.stripe.com',
  })
  expect(ignoredVariables(environment)).toEqual([])
  expect(configFrom(readEnvironment({})).stripe).toBeNull()
})

it.each([
  [{ STRIPE_SECRET_KEY: 'sk_test_1' }, 'STRIPE_WEBHOOK_SECRET is missing beside STRIPE_SECRET_KEY'],
  [{ STRIPE_WEBHOOK_SECRET: 'whsec_1' }, 'STRIPE_SECRET_KEY is missing beside STRIPE_WEBHOOK_SECRET'],
  [{ ...both, STRIPE_API_URL: 'http://localhost:8047/v1' }, 'STRIPE_API_URL must be without a path'],
  [{ ...both, STRIPE_API_URL: 'localhost' }, 'STRIPE_API_URL must be a URL'],
])('%o does not start', (variables, problem) => {
  expect(() => readEnvironment(variables)).toThrow(problem)
})
