import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { SmtpMailer } from '../../src/platform/mail/smtp-mailer.js'
import { findOnPath } from '../testkit/find-on-path.js'
import { openMailServer } from '../testkit/mail-server.js'
import { temporaryFolder } from '../testkit/temporary-folder.js'

const opened: { close(): unknown }[] = []
const keep = <Thing extends { close(): unknown }>(thing: Thing): Thing => {
  opened.push(thing)
  return thing
}
const from = 'AdTime <noreply@adtime.test>'
const mailer = (url: string, ca?: string) => keep(new SmtpMailer({ url, from, ...(ca !== undefined && { ca }) }))
const LETTER = {
  to: 'anna@example.com',
  subject: 'Подтвердите адрес — «АдТайм», и ещё немного слов, чтобы строка была длинной',
  text: 'Здравствуйте!\n\nhttps://adtime.test/account/verify-email?token=a-B_c=d\n.\n..точка в начале',
}

/** The port of a server that accepts, and never says a word. */
async function openSilence(): Promise<number> {
  const silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  keep({ close: () => new Promise((resolve) => silent.close(resolve)) })
  return (silent.address() as { port: number }).port
}

afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close()
})

describe('a letter through SMTP', () => {
  test('arrives as it was written, Cyrillic, dots and all', async () => {
    const server = keep(await openMailServer())
    await mailer(server.url).send(LETTER)
    const [letter] = server.letters
    expect(letter).toMatchObject({ ...LETTER, to: [LETTER.to], from: 'noreply@adtime.test', isEncrypted: false })
    expect(letter?.raw).toContain('From: AdTime <noreply@adtime.test>')
    expect(letter?.raw).toContain('Auto-Submitted: auto-generated')
  })

  test('goes to nobody else when its address reads like several', async () => {
    const server = keep(await openMailServer())
    for (const to of ['"a,b@evil.test"@example.com', 'a@example.com, b@evil.test', 'a@example.com\nBcc: b@evil.test'])
      await expect(mailer(server.url).send({ ...LETTER, to })).rejects.toThrow('did not take')
    expect(server.letters).toEqual([])
  })

  test('takes the connection of the letter before it', async () => {
    const server = keep(await openMailServer())
    const post = mailer(server.url)
    for (let count = 0; count < 5; count++) await post.send(LETTER)
    expect([server.letters.length, server.connections()]).toEqual([5, 1])
  })

  test('that is refused fails with what the server said, and not with the address', async () => {
    const server = keep(await openMailServer())
    const post = mailer(server.url)
    server.refuseNext(1)
    const failure = await post.send(LETTER).catch((error: unknown) => error as Error)
    expect(failure).toBeInstanceOf(Error)
    expect((failure as Error).message).toMatch(/did not take a letter: .*451 .*try again later/)
    expect(`${(failure as Error).stack}`).not.toContain('anna')
    await post.send(LETTER)
    expect(server.letters).toHaveLength(1)
  })

  test('fails where nobody listens', async () => {
    const server = await openMailServer()
    await server.close()
    await expect(mailer(server.url).send(LETTER)).rejects.toThrow('ECONNREFUSED')
  })

  test('does not wait for a server that accepts and says nothing', async () => {
    const port = await openSilence()
    const limits = { dnsTimeout: 300, connectionTimeout: 300, greetingTimeout: 300, socketTimeout: 300 }
    const post = keep(new SmtpMailer({ url: `smtp://127.0.0.1:${port}`, from, limits }))
    await expect(post.send(LETTER)).rejects.toThrow('ETIMEDOUT')
  })

  test('is given up when the server stops', async () => {
    const port = await openSilence()
    const post = new SmtpMailer({ url: `smtp://127.0.0.1:${port}`, from })
    const sending = expect(post.send(LETTER)).rejects.toThrow('did not take')
    post.close()
    await sending
  })
})

describe('a password for the server', () => {
  test('is not sent to one that offers no encryption', async () => {
    const server = keep(await openMailServer({ hideSTARTTLS: true }))
    await expect(mailer(`smtp://adtime:smtp-password@127.0.0.1:${server.port}`).send(LETTER)).rejects.toThrow(/TLS/)
    expect(server.letters).toEqual([])
  })
})

describe.skipIf(findOnPath('openssl') === null)('over TLS', () => {
  const folder = temporaryFolder()
  const paths = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') }
  const make = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1'
  execFileSync('openssl', [...make.split(' '), '-keyout', paths.key, '-out', paths.cert], { stdio: 'ignore' })
  const [key, cert] = [readFileSync(paths.key, 'utf8'), readFileSync(paths.cert, 'utf8')]
  const withPassword = (scheme: string, port: number) => `${scheme}://adtime:smtp-password@127.0.0.1:${port}`

  test('a server that somebody vouches for gets the password and the letter', async () => {
    const server = keep(await openMailServer({ key, cert }))
    await mailer(withPassword('smtp', server.port), cert).send(LETTER)
    expect(server.letters).toMatchObject([{ user: 'adtime', isEncrypted: true, subject: LETTER.subject }])
  })

  test('so does one that speaks TLS from the first byte', async () => {
    const server = keep(await openMailServer({ key, cert, secure: true }))
    await mailer(withPassword('smtps', server.port), cert).send(LETTER)
    expect(server.letters).toMatchObject([{ user: 'adtime', isEncrypted: true }])
  })

  test.each(['smtp', 'smtps'])(
    '%s: one that nobody vouches for gets nothing, whatever the URL says',
    async (scheme) => {
      const server = keep(await openMailServer({ key, cert, secure: scheme === 'smtps' }))
      const lenient = '?tls.rejectUnauthorized=false&ignoreTLS=true'
      await expect(mailer(withPassword(scheme, server.port) + lenient).send(LETTER)).rejects.toThrow(/self-signed/)
      expect(server.letters).toEqual([])
    },
  )

  test('a wrong password is said, and not which', async () => {
    const server = keep(await openMailServer({ key, cert }))
    const failure = mailer(`smtp://adtime:not-it@127.0.0.1:${server.port}`, cert).send(LETTER)
    await expect(failure).rejects.toThrow(/EAUTH/)
    await expect(failure).rejects.not.toThrow(/not-it/)
  })
})

afterAll(() => expect(opened).toEqual([]))
