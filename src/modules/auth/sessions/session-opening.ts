import { addDays } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { newSecret, secretHash } from '../../../platform/secrets/one-time-secret.js'
import { REFRESH_DAYS } from './living-session.js'

const MAX_USER_AGENT = 500

/** Where a call comes from. */
export interface Client {
  readonly ip: string | null
  readonly userAgent: string | null
}

/** A session with the one refresh token that continues it. */
export interface OpenSession {
  readonly sessionId: string
  readonly refreshToken: string
}

/** Starts a session of an account that has proven itself. */
export async function openSession(tx: Transaction, userId: string, client: Client, now: Date): Promise<OpenSession> {
  const sessionId = newId()
  await tx.prisma.session.create({
    data: { id: sessionId, userId, ...traceOf(client), createdAt: now, lastUsedAt: now },
  })
  const session = { sessionId, refreshToken: newSecret() }
  await storeRefreshToken(tx, session, now)
  return session
}

/** Notes that a session is in use, by whom, and that it goes on with this refresh token. */
export async function continueSession(tx: Transaction, session: OpenSession, client: Client, now: Date): Promise<void> {
  await tx.prisma.session.update({ where: { id: session.sessionId }, data: { ...traceOf(client), lastUsedAt: now } })
  await storeRefreshToken(tx, session, now)
}

/** Whether the client is the one that used the session last, as far as one can tell from outside. */
export function isClientOf(session: Client, client: Client): boolean {
  const { ip, userAgent } = traceOf(client)
  return session.ip === ip && session.userAgent === userAgent
}

async function storeRefreshToken(tx: Transaction, { sessionId, refreshToken }: OpenSession, now: Date): Promise<void> {
  await tx.prisma.refreshToken.create({
    data: {
      tokenHash: secretHash(refreshToken),
      sessionId,
      issuedAt: now,
      expiresAt: addDays(now, REFRESH_DAYS),
    },
  })
}

const traceOf = ({ ip, userAgent }: Client): Client => ({ ip, userAgent: userAgent?.slice(0, MAX_USER_AGENT) ?? null })
