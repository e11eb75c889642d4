import { createTransport } from 'nodemailer'
import type { Mail, Mailer } from './mailer.js'

/** As many letters at a time as jobs run at a time. */
const CONNECTIONS = 4
const LETTER_LIMIT_MS = 30_000
const LIMITS = { dnsTimeout: 5_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000 }

interface MailServer {
  /** smtp://user:password@host:587, or smtps:// for TLS from the first byte. */
  readonly url: string
  readonly from: string
  /** Certificates of authorities to trust instead of the system's, as PEM. */
  readonly ca?: string
  readonly limits?: typeof LIMITS
}

/** Sends letters through an SMTP server, over connections that it keeps. */
export class SmtpMailer implements Mailer {
  private readonly transport
  private readonly domain

  constructor({ url, from, ca, limits = LIMITS }: MailServer) {
    this.domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
    const { protocol, hostname, port, username, password } = new URL(url)
    const auth = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined
    this.transport = createTransport(
      {
        // Not the URL as a whole: the library would take options from its query, such as not to check certificates.
        host: hostname.replace(/^\[(.*)\]$/, '$1'),
        ...(port && { port: Number(port) }),
        secure: protocol === 'smtps:',
        // A server that offers no encryption gets neither the password nor anything sent under it.
        ...(auth && { auth, requireTLS: true }),
        tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca && { ca }) },
        pool: true,
        maxConnections: CONNECTIONS,
        ...limits,
        disableFileAccess: true,
        disableUrlAccess: true,
      },
      // So that nobody's absence notice answers us (RFC 3834).
      { from, headers: { 'Auto-Submitted': 'auto-generated' } },
    )
  }

  async send({ to, subject, text, html, id }: Mail): Promise<void> {
    const letter = {
      // An address as it is, never a list to be parsed.
      to: { name: '', address: to },
      subject,
      text,
      ...(html !== undefined && { html }),
      ...(id !== undefined && { messageId: `<${id}@${this.domain}>` }),
      signal: AbortSignal.timeout(LETTER_LIMIT_MS),
    }
    await this.transport.sendMail(letter).catch((error: unknown) => {
      throw new Error(`the mail server did not take a letter: ${reasonOf(error)}`)
    })
  }

  /** Ends the connections, those that are in the middle of a letter too. */
  close(): void {
    this.transport.close({ force: true })
  }
}

/** What the server said, without the addresses it likes to repeat: jobs keep their errors, and logs show them. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException
  const said = message.replace(/\S+@\S+/g, '[address]')
  return code ? `${said} (${code})` : said
}
