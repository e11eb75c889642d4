import { expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { awaitLetter, SUBJECTS } from './outbox.js'

const server = await startTestServer()
const outbox = async () => (await fetch(`${server.url}/dev/outbox`)).text()

const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { requires2fa } }'

it('a registration writes a welcome letter, in which whoever registers somebody else’s address cannot write', async () => {
  expect(await outbox()).toContain('None yet')
  const input = { email: 'anna@example.com', password: 'Adtime-demo-1', displayName: 'Вы выиграли: evil.example' }
  await new TestClient(server).get(REGISTER, { input })
  const { text } = await awaitLetter(server, 'anna@example.com', SUBJECTS.welcome)
  expect(text).toMatch(/^Здравствуйте!\n\nВаш аккаунт создан\./)
  expect(text).not.toContain('evil')
  expect(await outbox()).toContain('Добро пожаловать')
})

it('the development outbox shows letters as text', async () => {
  const message = { to: 'anna@example.com', subject: '<i>x</i>', text: '<b>Анна</b>', sentAt: new Date() }
  await server.platform.database.prisma.developmentMessage.create({
    data: { id: newId(), channel: 'EMAIL', ...message },
  })
  const page = await outbox()
  expect(page).toContain('&lt;b&gt;Анна&lt;/b&gt;')
  expect(page).toContain('&lt;i&gt;x&lt;/i&gt;')
})
