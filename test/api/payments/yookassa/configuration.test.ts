import { expect, it } from 'vitest'
import { configFrom } from '../../../../src/platform/config/config.js'
import { ignoredVariables, readEnvironment } from '../../../../src/platform/config/environment.js'

const both = { YOOKASSA_SHOP_ID: '100500', YOOKASSA_SECRET_KEY: 'test_1' }

it('YooKassa is configured by shop and key, asked at its own address, and believed from its published ones', () => {
  const environment = readEnvironment(both)
  expect(configFrom(environment).yookassa).toMatchObject({
    shopId: '100500',
    secretKey: 'test_1',
    apiUrl: 'https://api.yookassa.ru/v3/',
    vatCode: 1,
    allowedAddresses: [
      '185.71.76.0/27',
      '185.71.77.0/27',
      '77.75.153.0/25',
      '77.75.154.128/25',
      '77.75.156.11',
      '77.75.156.35',
      '2a02:5180::/32',
    ],
  })
  expect(ignoredVariables(environment)).toEqual([])
  expect(configFrom(readEnvironment({})).yookassa).toBeNull()
})

it.each(['http://localhost:8046/v3', 'http://localhost:8046/v3/', 'http://localhost:8046/v3//'])(
  'the base %s means the same',
  (YOOKASSA_API_URL) => {
    expect(configFrom(readEnvironment({ ...both, YOOKASSA_API_URL })).yookassa?.apiUrl).toBe(
      'http://localhost:8046/v3/',
    )
  },
)

it.each([
  [{ YOOKASSA_SHOP_ID: '100500' }, 'YOOKASSA_SECRET_KEY is missing beside YOOKASSA_SHOP_ID'],
  [{ YOOKASSA_SECRET_KEY: 'test_1' }, 'YOOKASSA_SHOP_ID is missing beside YOOKASSA_SECRET_KEY'],
  [{ ...both, YOOKASSA_API_URL: 'localhost' }, 'YOOKASSA_API_URL must be a URL'],
  [{ ...both, YOOKASSA_ALLOWED_ADDRESSES: 'yookassa.ru' }, 'YOOKASSA_ALLOWED_ADDRESSES must be addresses'],
  [{ ...both, YOOKASSA_VAT_CODE: '13' }, "YOOKASSA_VAT_CODE must be one of YooKassa's codes from 1 to 12"],
])('%o does not start', (variables, problem) => {
  expect(() => readEnvironment(variables)).toThrow(problem)
})
