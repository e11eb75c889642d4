import { Prisma } from '../../../generated/prisma/client.js'
import type { EmailTokenPurpose } from '../../../generated/prisma/enums.js'
import type { Database } from '../../../platform/database/database.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { newSecret, secretHash } from '../../../platform/secrets/one-time-secret.js'
import { lockAccount } from '../accounts/account-lock.js'

const HOUR_MS = 60 * 60 * 1_000
const LIFETIME_MS = { VERIFY_EMAIL: 24 * HOUR_MS, RESET_PASSWORD: HOUR_MS } as const satisfies Record<
  EmailTokenPurpose,
  number
>

/** Whose token it is, and the address that whoever holds it has read. */
export interface EmailProof {
  readonly userId: string
  readonly email: string
}

type Client = Pick<Database, 'prisma'> | Transaction

/** Makes the token of a letter to `email`. Only in the job that sends it: before and after that, nothing that is stored tells the token. */
export async function issueEmailToken(
  { prisma }: Client,
  purpose: EmailTokenPurpose,
  { userId, email }: EmailProof,
  now: Date,
): Promise<string> {
  const token = newSecret()
  const expiresAt = new Date(now.getTime() + LIFETIME_MS[purpose])
  await prisma.emailToken.create({
    data: { tokenHash: secretHash(token), userId, purpose, email, createdAt: now, expiresAt },
  })
  return token
}

// The address has to be the account's, or the one it waits for: what was sent elsewhere proves nothing any more.
const isGood = (purpose: EmailTokenPurpose, token: string, now: Date): Prisma.Sql => Prisma.sql`
  t.token_hash = ${secretHash(token)} and t.purpose = ${purpose}::email_token_purpose
  and t.used_at is null and t.expires_at > ${now}
  and u.id = t.user_id and u.blocked_at is null and u.deleted_at is null
  and (t.email = u.email or (t.purpose = 'VERIFY_EMAIL' and t.email = u.pending_email))`

/** What a token proves, without using it up. Null when it is unknown, used, expired or dead, or its account is blocked or gone. */
export async function lookAtEmailToken(
  { prisma }: Client,
  purpose: EmailTokenPurpose,
  token: string,
  now: Date,
): Promise<EmailProof | null> {
  const [proof] = await prisma.$queryRaw<EmailProof[]>`
    select t.user_id::text as "userId", t.email from email_tokens t, users u where ${isGood(purpose, token, now)}`
  return proof ?? null
}

/** The same, and uses the token up: of parallel uses one gets it. The account is locked from here on. */
export async function takeEmailToken(
  tx: Transaction,
  purpose: EmailTokenPurpose,
  token: string,
  now: Date,
): Promise<EmailProof | null> {
  const seen = await lookAtEmailToken(tx, purpose, token, now)
  if (!seen) return null
  // Account first, tokens second, as everywhere: none waits for another in a circle.
  if (!(await lockAccount(tx, seen.userId))) return null
  const [proof] = await tx.prisma.$queryRaw<EmailProof[]>`
    update email_tokens t set used_at = ${now} from users u where ${isGood(purpose, token, now)}
    returning t.user_id::text as "userId", t.email`
  return proof ?? null
}

/** Kills tokens of an account. */
export async function voidEmailTokens(
  tx: Transaction,
  which: Prisma.EmailTokenWhereInput & { readonly userId: string },
  now: Date,
): Promise<void> {
  await tx.prisma.emailToken.updateMany({ where: { ...which, usedAt: null }, data: { usedAt: now } })
}
