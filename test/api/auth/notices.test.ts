import { expect, it } from 'vitest'
import { startTestServer } from '../../testkit/server.js'
import { awaitLetter } from './outbox.js'
import { DISABLE, openHolder, StandingClock } from './second-factors.js'

const clock = new StandingClock()
const server = await startTestServer({ clock })

it('the owner is told when the second factor comes, and when it goes', async () => {
  const { email, client, code } = await openHolder(server, clock)
  const on = await awaitLetter(server, email, 'Второй фактор включён')
  expect(on.text).toContain('Если это сделали не вы')
  await client.get(DISABLE, { code: await code(1) })
  await awaitLetter(server, email, 'Второй фактор выключен')
})
