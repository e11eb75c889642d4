import { expect, test } from 'vitest'
import { configFrom } from './config.js'
import { readEnvironment } from './environment.js'

const providersOf = (variables: Record<string, string>) => configFrom(readEnvironment(variables)).openIdProviders

test('a provider is configured by its id and secret, VK by its id', () => {
  expect(providersOf({ YANDEX_CLIENT_ID: 'y', GOOGLE_CLIENT_SECRET: 's', VK_CLIENT_ID: 'v' })).toEqual([
    { provider: 'VK', issuer: null, clientId: 'v', clientSecret: null },
  ])
  expect(
    providersOf({
      YANDEX_CLIENT_ID: 'y',
      YANDEX_CLIENT_SECRET: 's',
      YANDEX_ISSUER: 'https://sso.example.com',
      GOOGLE_CLIENT_ID: 'g',
      GOOGLE_CLIENT_SECRET: 't',
    }),
  ).toEqual([
    { provider: 'YANDEX', issuer: 'https://sso.example.com', clientId: 'y', clientSecret: 's' },
    { provider: 'GOOGLE', issuer: 'https://accounts.google.com', clientId: 'g', clientSecret: 't' },
  ])
})

test('in production an issuer has TLS', () => {
  const issuers = { GOOGLE_ISSUER: 'http://sso.example.com', VK_ISSUER: 'https://sso.example.com' }
  expect(() => readEnvironment(issuers)).not.toThrow()
  const production = () => readEnvironment({ NODE_ENV: 'production', ...issuers })
  expect(production).toThrow('GOOGLE_ISSUER must start with https:// in production')
  expect(production).not.toThrow('VK_ISSUER')
})
