import { openAccount, type TestAccount } from '../../testkit/account.js'
import type { TestClient } from '../../testkit/client.js'
import type { OrderView } from './operations.js'
import { address, type OrderDesk, openOrderDesk } from './order-desk.js'

const CART = `{
  id itemCount subtotal { amount currency } updatedAt
  lines {
    id quantity isAvailable priceChanged unitPrice { amount } total { amount } print { widthMm heightMm material colorProfile }
    item { id title status }
  }
}`

export const SEE_CART = `query SeeCart { cart ${CART} }`

export const SET_LINE = `mutation SetLine($itemId: UUID!, $quantity: Int!, $print: PrintSpecsInput) {
  setCartLine(itemId: $itemId, quantity: $quantity, print: $print) ${CART}
}`

export const CLEAR_CART = `mutation ClearCart { clearCart ${CART} }`

export const CHECKOUT = /* GraphQL */ `
  mutation Checkout($input: CheckoutCartInput!) {
    checkoutCart(input: $input) {
      id number status subtotal { amount } rushFee { amount } total { amount } note deliveryAddress { recipient }
      lines { title productType quantity unitPrice { amount } total { amount } print { widthMm material } item { id } }
    }
  }`

interface Amount {
  readonly amount: number
}

export interface CartView {
  readonly id: string
  readonly itemCount: number
  readonly subtotal: Amount
  readonly updatedAt: string
  readonly lines: readonly {
    readonly id: string
    readonly quantity: number
    readonly isAvailable: boolean
    readonly priceChanged: boolean
    readonly unitPrice: Amount
    readonly total: Amount
    readonly print: { readonly widthMm: number } | null
    readonly item: { readonly id: string; readonly status: string }
  }[]
}

/** Somebody with a cart. */
export class Shopper {
  readonly client: TestClient
  readonly id: string

  constructor(account: TestAccount) {
    this.client = account.client
    this.id = account.id
  }

  async see(): Promise<CartView> {
    return (await this.client.get<{ cart: CartView }>(SEE_CART)).cart
  }

  async set(itemId: string, quantity: number, print?: object): Promise<CartView> {
    return (await this.client.get<{ setCartLine: CartView }>(SET_LINE, { itemId, quantity, print })).setCartLine
  }

  checkout(input: Record<string, unknown> = {}) {
    return this.client.ask<{ checkoutCart: OrderView }>(CHECKOUT, { input: { deliveryAddress: address, ...input } })
  }

  /** The code, and the paths of the wrong fields, of what refuses to be ordered. */
  async refusal(input: Record<string, unknown> = {}): Promise<readonly [code: string, ...paths: string[]]> {
    const { errors } = await this.checkout(input)
    const { code = 'ok', fields = [] } = errors[0]?.extensions ?? {}
    return [code, ...fields.map(({ path }) => path)]
  }
}

/** A shop in which every test has a shopper of its own. */
export async function openCartDesk(): Promise<{ readonly desk: OrderDesk; enter(): Promise<Shopper> }> {
  const desk = await openOrderDesk()
  return { desk, enter: async () => new Shopper(await openAccount(desk.server)) }
}
