import { expect, it } from 'vitest'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'

const server = await startTestServer()

const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { requires2fa } }'

it('a registration writes a welcome letter, which the development outbox shows as text', async () => {
  const outbox = async () => (await fetch(`${server.url}/dev/outbox`)).text()
  expect(await outbox()).toContain('None yet')
  const input = { email: 'anna@example.com', password: 'Adtime-demo-1', displayName: '<b>Анна</b>' }
  await new TestClient(server).get(REGISTER, { input })
  await expect.poll(outbox, { timeout: 8_000 }).toContain('Добро пожаловать')
  expect(await outbox()).toContain('Здравствуйте, &lt;b&gt;Анна&lt;/b&gt;!')
})
