import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SocketOutflow } from './socket-outflow.js'

let closed: number[]
let sent: string[]
let takers: (() => void)[]
let socket: { readyState: 0 | 1 | 2 | 3; bufferedAmount: number; send: (message: string, taken: () => void) => void }
let outflow: SocketOutflow

beforeEach(() => {
  vi.useFakeTimers()
  closed = []
  sent = []
  takers = []
  socket = {
    readyState: 1,
    bufferedAmount: 0,
    send(message, taken) {
      sent.push(message)
      takers.push(taken)
    },
  }
  outflow = new SocketOutflow(socket as never, (code) => {
    closed.push(code)
    socket.readyState = 2
  })
})
afterEach(() => {
  outflow.end()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

it('says that a message was sent when it was taken', async () => {
  const said = vi.fn()
  const sending = outflow.send('one').then(said)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(said).not.toHaveBeenCalled()
  takers.shift()?.()
  await sending
  expect(sent).toEqual(['one'])
})

it('closes a socket that takes nothing for ten seconds with 4413', async () => {
  void outflow.send('one')
  await vi.advanceTimersByTimeAsync(9_999)
  expect(closed).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(closed).toEqual([4413])
})

it('lets one be that takes a little now and then, until it stops', async () => {
  for (let index = 0; index < 10; index++) void outflow.send('message')
  for (let index = 0; index < 9; index++) {
    await vi.advanceTimersByTimeAsync(9_000)
    takers.shift()?.()
  }
  expect(closed).toEqual([])
  await vi.advanceTimersByTimeAsync(20_000)
  expect(closed).toEqual([4413])
})

it('closes a socket that is to send while more than a megabyte waits, and sends no more', async () => {
  void outflow.send('one')
  socket.bufferedAmount = 1_048_576
  void outflow.send('two')
  socket.bufferedAmount += 1
  await outflow.send('three')
  await outflow.send('four')
  expect(closed).toEqual([4413])
  expect(sent).toEqual(['one', 'two'])
  for (const taken of takers) taken()
})

it('is done at once with what a closed socket was to send', async () => {
  socket.readyState = 3
  await outflow.send('one')
  expect(sent).toEqual([])
})
