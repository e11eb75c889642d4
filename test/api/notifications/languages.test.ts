import { expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { awaitLetter } from '../auth/outbox.js'
import { bulletin } from './bulletin.js'
import { SET_LOCALE, SET_PREFERENCES } from './operations.js'

const server = await startTestServer()
const { prisma } = server.platform.database

interface Shown {
  readonly channel: string
  readonly to: string
  readonly text: string
  readonly html: string | null
}

it('letters of an account are in the language that it chose, and a language cannot be removed', async () => {
  const person = await openAccount(server)
  const email = `${newId()}@example.com`
  await prisma.user.update({ where: { id: person.id }, data: { email } })
  expect(await person.client.get(SET_LOCALE, { locale: 'EN' })).toEqual({ updateProfile: { locale: 'EN' } })
  await person.client.get('mutation AskAgainInEnglish { requestEmailVerification }')
  expect((await awaitLetter(server, email, 'Confirm your address')).text).toMatch(/^Hello!\n\nPlease confirm/)
  expect((await person.client.ask(SET_LOCALE, { locale: null })).errors[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'input.locale' }],
  })
})

it('without a mail server and a bot the outbox shows letters as text and HTML, and messages to Telegram', async () => {
  const person = await openAccount(server)
  const [email, subject] = [`${newId()}@example.com`, '4077']
  await prisma.user.update({ where: { id: person.id }, data: { email, emailVerifiedAt: new Date() } })
  await prisma.identity.create({ data: { provider: 'TELEGRAM', subject, userId: person.id, linkedAt: new Date() } })
  await person.client.get(SET_PREFERENCES, { input: { email: ['SYSTEM'], telegram: ['SYSTEM'] } })
  await bulletin(server)(person.id)
  const shown = async () => {
    const answer = await fetch(`${server.url}/dev/outbox`, { headers: { accept: 'application/json' } })
    return ((await answer.json()) as { messages: readonly Shown[] }).messages
  }
  await expect
    .poll(async () => (await shown()).find(({ to }) => to === subject)?.text)
    .toBe('Новость\n\nЧто-то случилось.')
  const letter = await awaitLetter(server, email, 'Новость')
  expect((await shown()).find(({ to, text }) => to === email && text === letter.text)?.html).toContain(
    '<html lang="ru">',
  )
  const page = await (await fetch(`${server.url}/dev/outbox`)).text()
  expect(page).toContain('<iframe sandbox title="Новость" srcdoc="&lt;!doctype html&gt;')
})
