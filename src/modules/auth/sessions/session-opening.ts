import type { User } from '../../../generated/prisma/client.js'
import { addDays } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import type { SignedInViewer } from '../../../kernel/viewer.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { newRefreshSecret, refreshSecretHash } from './refresh-secret.js'

const REFRESH_DAYS = 7
const MAX_USER_AGENT = 500

/** Where a call comes from. */
export interface Client {
  readonly ip: string | null
  readonly userAgent: string | null
}

/** A session with the one refresh token that continues it. */
export interface OpenSession {
  readonly viewer: SignedInViewer
  readonly refreshToken: string
}

type Account = Pick<User, 'id' | 'role' | 'isGuest' | 'factoryId'>

/** Starts a session of an account that has proven itself. */
export async function openSession(tx: Transaction, account: Account, client: Client, now: Date): Promise<OpenSession> {
  const sessionId = newId()
  await tx.prisma.session.create({
    data: { id: sessionId, userId: account.id, ...traceOf(client), createdAt: now, lastUsedAt: now },
  })
  return withRefreshToken(tx, sessionId, account, now)
}

/** Notes that a session is in use, and gives it its next refresh token. */
export async function continueSession(
  tx: Transaction,
  sessionId: string,
  account: Account,
  client: Client,
  now: Date,
): Promise<OpenSession> {
  await tx.prisma.session.update({ where: { id: sessionId }, data: { ...traceOf(client), lastUsedAt: now } })
  return withRefreshToken(tx, sessionId, account, now)
}

async function withRefreshToken(tx: Transaction, sessionId: string, account: Account, now: Date): Promise<OpenSession> {
  const refreshToken = newRefreshSecret()
  await tx.prisma.refreshToken.create({
    data: {
      tokenHash: refreshSecretHash(refreshToken),
      sessionId,
      issuedAt: now,
      expiresAt: addDays(now, REFRESH_DAYS),
    },
  })
  const { id: userId, role, isGuest } = account
  const factoryId = role === 'FACTORY' ? account.factoryId : null
  return { viewer: { kind: 'user', userId, sessionId, role, isGuest, factoryId }, refreshToken }
}

const traceOf = ({ ip, userAgent }: Client): Client => ({ ip, userAgent: userAgent?.slice(0, MAX_USER_AGENT) ?? null })
