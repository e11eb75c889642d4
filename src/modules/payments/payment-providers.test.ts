import { describe, expect, it } from 'vitest'
import type { Currency, PaymentProvider } from '../../generated/prisma/enums.js'
import type { ProviderAdapter } from './payment-provider.js'
import { PaymentProviders } from './payment-providers.js'

const adapter = (name: PaymentProvider, currencies: Currency[]) =>
  ({ name, capabilities: { currencies } }) as unknown as ProviderAdapter
const yookassa = adapter('YOOKASSA', ['RUB'])
const stripe = adapter('STRIPE', ['RUB', 'USD', 'EUR'])
const sandbox = adapter('SANDBOX', ['RUB', 'USD', 'EUR'])

describe('the provider of a payment', () => {
  it.each([
    ['RUB', [yookassa, stripe, sandbox], 'YOOKASSA'],
    ['USD', [yookassa, stripe, sandbox], 'STRIPE'],
    ['RUB', [stripe, sandbox], 'STRIPE'],
    ['EUR', [yookassa, sandbox], 'SANDBOX'],
  ] as const)('for %s is the first that takes it', (currency, adapters, name) => {
    expect(new PaymentProviders(adapters).choose(null, currency).name).toBe(name)
  })

  it('is the wanted one where it is configured, whatever is preferred', () => {
    expect(new PaymentProviders([stripe, sandbox]).choose('SANDBOX', 'RUB')).toBe(sandbox)
    expect(() => new PaymentProviders([stripe]).choose('SANDBOX', 'RUB')).toThrow('SANDBOX are not available')
  })

  it('is none that has to be asked for, unless it is', () => {
    const balance = { name: 'BALANCE', capabilities: { currencies: ['RUB'], onlyWhenWanted: true } }
    const providers = new PaymentProviders([balance as unknown as ProviderAdapter])
    expect(() => providers.choose(null, 'RUB')).toThrow('takes RUB')
    expect(providers.choose('BALANCE', 'RUB')).toBe(balance)
  })

  it('is none where nobody takes the currency', () => {
    expect(() => new PaymentProviders([yookassa]).choose(null, 'USD')).toThrow('takes USD')
    expect(() => new PaymentProviders([]).choose(null, 'RUB')).toThrow('takes RUB')
  })
})
