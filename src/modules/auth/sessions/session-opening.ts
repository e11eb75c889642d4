import { addDays } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { newSecret, secretHash } from '../../../platform/secrets/one-time-secret.js'

const REFRESH_DAYS = 7
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
  return withRefreshToken(tx, sessionId, now)
}

/** Notes that a session is in use, and gives it its next refresh token. */
export async function continueSession(
  tx: Transaction,
  sessionId: string,
  client: Client,
  now: Date,
): Promise<OpenSession> {
  await tx.prisma.session.update({ where: { id: sessionId }, data: { ...traceOf(client), lastUsedAt: now } })
  return withRefreshToken(tx, sessionId, now)
}

async function withRefreshToken(tx: Transaction, sessionId: string, now: Date): Promise<OpenSession> {
  const refreshToken = newSecret()
  await tx.prisma.refreshToken.create({
    data: {
      tokenHash: secretHash(refreshToken),
      sessionId,
      issuedAt: now,
      expiresAt: addDays(now, REFRESH_DAYS),
    },
  })
  return { sessionId, refreshToken }
}

const traceOf = ({ ip, userAgent }: Client): Client => ({ ip, userAgent: userAgent?.slice(0, MAX_USER_AGENT) ?? null })
