import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { freePort } from '../../src/platform/database/free-port.js'

export interface ReceivedLetter {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  /** Null where a letter has plain text alone. */
  readonly html: string | null
  /** As it came over the wire. */
  readonly raw: string
  readonly user: string | null
  readonly isEncrypted: boolean
}

export interface TestMailServer {
  readonly port: number
  /** Without a password. */
  readonly url: string
  readonly letters: readonly ReceivedLetter[]
  /** How many connections there have been. */
  connections(): number
  /** Refuses the letters that are handed over from now on, so many, as a busy server does. */
  refuseNext(letters: number): void
  close(): Promise<void>
}

const PASSWORD = 'smtp-password'

/** A real SMTP server that keeps what it is given. It lets "adtime" in with "smtp-password". */
export async function openMailServer(options: SMTPServerOptions = {}): Promise<TestMailServer> {
  const letters: ReceivedLetter[] = []
  const port = await freePort()
  let refusals = 0
  let connections = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key ? [] : ['STARTTLS'],
    logger: false,
    closeTimeout: 1_000,
    ...options,
    onConnect: (_session, done) => {
      connections++
      done()
    },
    onAuth: ({ username, password }, _session, done) =>
      password === PASSWORD ? done(null, { user: username }) : done(new Error('wrong password')),
    onRcptTo: ({ address }, _session, done) => {
      if (refusals === 0) return done()
      refusals--
      return done(Object.assign(new Error(`<${address}>: try again later`), { responseCode: 451 }))
    },
    onData: (stream, { envelope, user, secure }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        letters.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          ...opened(raw),
          raw,
          user: (user as string | undefined) ?? null,
          isEncrypted: secure,
        })
        done()
      })
    },
  })
  // A client that breaks a handshake off is what some tests are about.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    letters,
    connections: () => connections,
    refuseNext: (count) => {
      refusals = count
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

function opened(raw: string): Pick<ReceivedLetter, 'subject' | 'text' | 'html'> {
  const { header, body } = partOf(raw)
  const subject = decodedWords(header('Subject'))
  const [, boundary] = /^multipart\/alternative;.*boundary="?([^";]+)/i.exec(header('Content-Type')) ?? []
  if (boundary === undefined) return { subject, text: contentOf(raw), html: null }
  const parts = body.split(`--${boundary}`).slice(1, -1)
  const of = (type: string) => parts.find((part) => partOf(part).header('Content-Type').startsWith(type))
  const [text = '', html] = [of('text/plain'), of('text/html')]
  return { subject, text: contentOf(text), html: html === undefined ? null : contentOf(html) }
}

function partOf(raw: string) {
  const [head = '', ...body] = raw.replace(/^\r\n/, '').split('\r\n\r\n')
  const unfolded = head.replace(/\r\n[ \t]+/g, ' ')
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1]?.trim() ?? ''
  return { header, body: body.join('\r\n\r\n') }
}

function contentOf(raw: string): string {
  const { header, body } = partOf(raw)
  return decoded(body, header('Content-Transfer-Encoding')).replaceAll('\r\n', '\n').trimEnd()
}

function decoded(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? unquoted(text.replace(/=\r\n/g, '')) : text
}

const unquoted = (text: string): string =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

/** RFC 2047: words that stand next to each other belong together. */
const decodedWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString('utf8') : unquoted(word.replaceAll('_', ' ')),
    )
