import type { LookupAddress } from 'node:dns'
import { createServer } from 'node:net'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { OutboundCalls, type OutboundOptions } from '../../src/platform/outbound/outbound-calls.js'
import { startFactorySimulator } from '../simulators/factory/factory-simulator.js'

const endpoint = await startFactorySimulator()
afterAll(() => endpoint.close())

// Hears of everybody who gets through to this machine.
let connections = 0
const trap = createServer((socket) => {
  connections += 1
  socket.destroy()
})
await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve))
afterAll(() => new Promise((resolve) => trap.close(resolve)))
const trapPort = (trap.address() as { port: number }).port

const opened: OutboundCalls[] = []
afterEach(async () => {
  for (const calls of opened.splice(0)) await calls.close()
  connections = 0
})
function open(options: Partial<OutboundOptions> = {}): OutboundCalls {
  const calls = new OutboundCalls({ allowsPrivate: false, ...options })
  opened.push(calls)
  return calls
}

const at = (...addresses: string[]): LookupAddress[] =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
const send = (calls: OutboundCalls, url: string) =>
  calls.post(url, { headers: {}, body: '{}', signal: new AbortController().signal })
/** What an error says, to the bottom of it. */
const told = (sending: Promise<unknown>) =>
  sending.then(
    () => 'sent',
    (error: Error) => `${error.message} ${(error.cause as Error | undefined)?.message ?? ''}`,
  )

describe('a URL is refused when it is given', () => {
  const resolve = async (host: string) =>
    ({
      'inner.example.com': at('10.0.0.5'),
      'mixed.example.com': at('93.184.216.34', '127.0.0.1'),
      'six.example.com': at('::ffff:10.0.0.5'),
      'good.example.com': at('93.184.216.34', '2606:4700:4700::1111'),
    })[host] ?? Promise.reject(new Error('ENOTFOUND'))

  it.each([
    ['https://good.example.com/hook', null],
    ['https://93.184.216.34/hook', null],
    ['https://[2606:4700:4700::1111]/', null],
    ['http://good.example.com/hook', 'https://'],
    ['https://user@good.example.com/', 'user name'],
    ['https://user:word@good.example.com/', 'user name'],
    ['https://inner.example.com/', 'private or reserved'],
    ['https://mixed.example.com/', 'private or reserved'],
    ['https://six.example.com/', 'private or reserved'],
    ['https://nowhere.example.com/', 'cannot be found'],
    ['https://127.0.0.1/', 'private or reserved'],
    ['https://2130706433/', 'private or reserved'],
    ['https://0x7f.1/', 'private or reserved'],
    ['https://017700000001/', 'private or reserved'],
    ['https://169.254.169.254/latest/meta-data', 'private or reserved'],
    ['https://[::1]/', 'private or reserved'],
    ['https://[::ffff:127.0.0.1]/', 'private or reserved'],
    ['https://[fe80::1]/', 'private or reserved'],
  ])('%s: %s', async (url, problem) => {
    const found = await open({ resolve }).problemWith(url)
    if (problem === null) expect(found).toBeNull()
    else expect(found).toContain(problem)
  })

  it('and a name of this very machine too, by the real name service', async () => {
    expect(await open().problemWith('https://localhost/')).toMatch(/private or reserved|cannot be found/)
  })
})

describe('a call', () => {
  it('does not follow a name that leads elsewhere once it was accepted', async () => {
    let asked = 0
    const calls = open({ resolve: async () => (asked++ === 0 ? at('93.184.216.34') : at('127.0.0.1')) })
    const url = `https://rebound.example.com:${trapPort}/`
    expect(await calls.problemWith(url)).toBeNull()
    expect(await told(send(calls, url))).toContain('leads to no address of the public internet')
    expect({ asked, connections }).toEqual({ asked: 2, connections: 0 })
  })

  it.each([
    `https://127.0.0.1:${trapPort}/`,
    `http://good.example.com:${trapPort}/`,
    `https://[::ffff:127.0.0.1]:${trapPort}/`,
  ])('to %s is refused also when the URL was stored long ago', async (url) => {
    expect(await told(send(open(), url))).toContain('the URL must')
    expect(connections).toBe(0)
  })

  it('takes a redirect for an answer', async () => {
    const elsewhere = `http://127.0.0.1:${trapPort}/`
    endpoint.next({ status: 307, headers: { location: elsewhere } })
    expect(await send(open({ allowsPrivate: true }), endpoint.url)).toEqual({ status: 307, retryAfter: null })
    expect(connections).toBe(0)
  })

  it('is done with an answer that does not end', async () => {
    endpoint.next('endless')
    expect(await send(open({ allowsPrivate: true }), endpoint.url)).toEqual({ status: 200, retryAfter: null })
  })

  it.each(['hang', 'reset'] as const)('fails when the other side does %s', async (behaviour) => {
    endpoint.next(behaviour)
    expect(await told(send(open({ allowsPrivate: true, answerMs: 300 }), endpoint.url))).not.toBe('sent')
  })

  it('ends when its server stops', async () => {
    endpoint.next('hang')
    const stopping = new AbortController()
    const calls = open({ allowsPrivate: true })
    const before = endpoint.calls.length
    const sending = told(calls.post(endpoint.url, { headers: {}, body: '{}', signal: stopping.signal }))
    await expect.poll(() => endpoint.calls.length, { timeout: 30_000 }).toBe(before + 1)
    stopping.abort()
    expect(await sending).not.toBe('sent')
  })
})
