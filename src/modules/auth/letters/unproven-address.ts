import type { User } from '../../../generated/prisma/client.js'

/** The address that an account has yet to prove: the one it waits for before the one it has. Null when there is nothing to prove. */
export const unprovenAddress = ({
  email,
  emailVerifiedAt,
  pendingEmail,
}: Pick<User, 'email' | 'emailVerifiedAt' | 'pendingEmail'>): string | null =>
  pendingEmail ?? (emailVerifiedAt ? null : email)
