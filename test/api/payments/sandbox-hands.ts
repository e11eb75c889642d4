import { createHmac } from 'node:crypto'
import type { Payment } from '../../../src/generated/prisma/client.js'
import { newId } from '../../../src/kernel/ids.js'
import type { PaymentShop } from './payment-shop.js'

/** What a customer does on the checkout page, by its form's rules. */
export async function actAtCheckout(
  { confirmationUrl }: Pick<Payment, 'confirmationUrl'>,
  action: string,
  copies?: number | string,
): Promise<{ status: number; page: string }> {
  const form = new URLSearchParams({ action, ...(copies !== undefined && { copies: String(copies) }) })
  const response = await fetch(confirmationUrl ?? '', { method: 'POST', body: form })
  return { status: response.status, page: await response.text() }
}

interface WebhookParts {
  readonly id?: string
  readonly type?: string
  readonly at?: Date
}

/** A webhook as the sandbox signs it. */
export function sendWebhook(shop: PaymentShop, payment: Payment, parts: WebhookParts = {}): Promise<Response> {
  const { id = newId(), type = 'payment.succeeded', at = new Date() } = parts
  const object = { type: 'payment', id: payment.providerPaymentId, status: 'SUCCEEDED' }
  const body = JSON.stringify({ id, type, createdAt: at.toISOString(), object })
  return postWebhook(shop, body, signed(shop, body, at))
}

/** The headers that prove a webhook, made by hand: they are a promise to whoever writes a sandbox client. */
export function signed({ platform }: PaymentShop, body: string, at = new Date()): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const mac = createHmac('sha256', platform.secrets.sandboxWebhookKey).update(`${timestamp}.${body}`).digest('hex')
  return { 'adtime-sandbox-timestamp': timestamp, 'adtime-sandbox-signature': `v1=${mac}` }
}

export function postWebhook(
  { url }: PaymentShop,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  provider = 'sandbox',
): Promise<Response> {
  return fetch(`${url}/webhooks/payments/${provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
}
