import { createHmac, hkdfSync } from 'node:crypto'
import { Agent, request } from 'undici'
import { newId } from '../../../src/kernel/ids.js'

const CONNECTIONS = 32

export interface Webhook {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** A success of one of the sandbox's payments, signed as the server that has this secret expects it. */
export function newWebhook(signingSecret: string, sandboxPaymentId: string): Webhook {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(signingSecret, 'hex'), '', 'adtime:sandbox-webhook', 32))
  const object = { type: 'payment', id: sandboxPaymentId, status: 'SUCCEEDED' }
  const event = { id: newId(), type: 'payment.succeeded', createdAt: new Date().toISOString(), object }
  const body = Buffer.from(JSON.stringify(event))
  const timestamp = String(Math.floor(Date.now() / 1000))
  const mac = createHmac('sha256', key).update(`${timestamp}.`).update(body).digest('hex')
  const proof = { 'adtime-sandbox-timestamp': timestamp, 'adtime-sandbox-signature': `v1=${mac}` }
  return { body, headers: { 'content-type': 'application/json', ...proof } }
}

export interface Sending {
  readonly milliseconds: number
  /** Of each answer, in milliseconds, sorted. */
  readonly latencies: readonly number[]
}

/** Sends all of them over 32 connections. @throws when one is not taken */
export async function sendAll(url: string, webhooks: readonly Webhook[]): Promise<Sending> {
  const dispatcher = new Agent({ connections: CONNECTIONS, pipelining: 1 })
  const latencies: number[] = []
  let next = 0
  const began = performance.now()
  const connection = async () => {
    for (let webhook = webhooks[next++]; webhook; webhook = webhooks[next++]) {
      const sent = performance.now()
      const { body, headers } = webhook
      const answer = await request(`${url}/webhooks/payments/sandbox`, { method: 'POST', body, headers, dispatcher })
      await answer.body.dump()
      if (answer.statusCode !== 200) throw new Error(`a webhook was answered with ${answer.statusCode}`)
      latencies.push(performance.now() - sent)
    }
  }
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, connection))
    return { milliseconds: performance.now() - began, latencies: latencies.sort((left, right) => left - right) }
  } finally {
    await dispatcher.close()
  }
}
