import { ClientError } from 'openid-client'
import { expect, test } from 'vitest'
import { DomainError } from '../../../kernel/domain-error.js'
import { createLogger } from '../../../platform/observability/logger.js'
import { ProviderRefusal, providerFailure } from './provider-failure.js'
import { ProviderOutage } from './provider-fetch.js'

function told(error: unknown): { told: unknown; logged: string } {
  let logged = ''
  const log = createLogger('info', {
    write(line) {
      logged += line
    },
  })
  return { told: providerFailure('GOOGLE', error, log), logged }
}

const parsing = () => {
  try {
    return JSON.parse('access_token=hush-hush')
  } catch (error) {
    return error
  }
}

test('an outage is told as one, however deep it lies, and an operator sees which', () => {
  const outage = new ProviderOutage('accounts.google.com answered 503')
  const { told: failure, logged } = told(new ClientError('something went wrong', { cause: outage }))
  expect(failure).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
  expect(logged).toContain('something went wrong < accounts.google.com answered 503')
})

test('refusals are told alike, and the log has their reasons without what came with them', () => {
  const body = { access_token: 'hush-hush', id_token: 'hush-hush' }
  const nested = new ClientError('parsing error occured', { cause: new Error('failed to parse', { cause: parsing() }) })
  for (const error of [new ProviderRefusal('not theirs'), new ClientError('invalid', { cause: { body } }), nested]) {
    const { told: failure, logged } = told(error)
    expect(failure).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('Start again') })
    expect(logged).toContain(`"reason":"${error.message}`)
    expect(logged).not.toContain('hush')
    expect(logged).not.toContain('access_tok')
  }
})

test('what is no failure of the visit stays as it is', () => {
  for (const error of [new DomainError('CONFLICT', 'taken'), new TypeError('a fault of ours')])
    expect(told(error)).toEqual({ told: error, logged: '' })
})
