import type { Clock } from '../../../kernel/clock.js'
import { DomainError, inputError, unauthenticated } from '../../../kernel/domain-error.js'
import type { SignedInViewer, Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import type { SealedBox } from '../../../platform/secrets/sealed-box.js'
import type { AuthLimits } from '../auth-limits.js'
import { countedGuess } from '../counted-guess.js'
import { tellOwner } from '../letters/tell-owner.js'
import type { AccountSessions } from '../sessions/account-sessions.js'
import type { Client } from '../sessions/session-opening.js'
import { matchingStep, newTotpSecret, otpauthUrl } from './one-time-password.js'
import { qrCode } from './qr-code.js'
import type { RecoveryCodes } from './recovery-codes.js'
import { type SecondFactorCodes, secretLabel } from './second-factor-codes.js'

export interface Enrollment {
  /** Base32. */
  readonly secret: string
  readonly otpauthUrl: string
  /** A data URL. */
  readonly qrCode: string
}

export interface SecondFactorDeps {
  readonly database: Database
  readonly clock: Clock
  readonly sealedBox: SealedBox
  readonly codes: SecondFactorCodes
  readonly recoveryCodes: RecoveryCodes
  readonly sessions: AccountSessions
  readonly limits: AuthLimits
}

/** A second factor's way from its secret to its end. */
export class SecondFactorService {
  constructor(private readonly deps: SecondFactorDeps) {}

  /**
   * Makes a secret, in place of one that was not confirmed. It counts once it is.
   * @throws CONFLICT when there is a confirmed one
   */
  async enroll(viewer: Viewer): Promise<Enrollment> {
    const { userId } = signedIn(viewer)
    const { database, sealedBox, clock } = this.deps
    const { email, phone, displayName } = await database.prisma.user.findUniqueOrThrow({
      where: { id: userId },
    })
    const secret = newTotpSecret()
    const sealed = sealedBox.seal(secretLabel(userId), secret)
    const made = await database.prisma.$executeRaw`
      insert into second_factors (user_id, secret, created_at) values (${userId}::uuid, ${sealed}, ${clock.now()})
      on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at
      where second_factors.confirmed_at is null`
    if (made === 0) throw alreadyConfirmed()
    const url = otpauthUrl(secret, email ?? phone ?? displayName)
    return { secret, otpauthUrl: url, qrCode: await qrCode(url) }
  }

  /**
   * Makes the factor count, from the next sign-in on.
   * @returns the recovery codes, which nobody can read again
   * @throws BAD_USER_INPUT for a wrong code; CONFLICT when nothing waits for it; RATE_LIMITED
   */
  async confirm(viewer: Viewer, code: string, { ip }: Client): Promise<string[]> {
    const { userId } = signedIn(viewer)
    const { database, clock, sealedBox, limits, sessions, recoveryCodes } = this.deps
    const factor = await database.prisma.secondFactor.findUnique({ where: { userId } })
    if (!factor) throw new DomainError('CONFLICT', 'There is nothing to confirm: enrollTwoFactor first.')
    if (factor.confirmedAt) throw alreadyConfirmed()
    const secret = sealedBox.open(secretLabel(userId), factor.secret)
    const now = clock.now()
    const step = await countedGuess(limits.secondFactor, ip, userId, () =>
      matchingStep(secret, code.replace(/\s/g, ''), now, null),
    )
    if (step === null) throw wrongCode()
    return inTransaction(database, async (tx) => {
      // The code that confirms is used up with it.
      const { count } = await tx.prisma.secondFactor.updateMany({
        where: { userId, secret: factor.secret, confirmedAt: null },
        data: { confirmedAt: now, lastStep: step },
      })
      if (count === 0) throw new DomainError('CONFLICT', 'It was confirmed or enrolled anew in the meantime.')
      await sessions.announceChange(tx, userId)
      await tellOwner(tx, userId, 'second-factor-on')
      return recoveryCodes.replace(tx, userId)
    })
  }

  /**
   * Ends the factor, its recovery codes and the sign-ins that wait for it.
   * @throws BAD_USER_INPUT for a wrong code; CONFLICT when there is none; RATE_LIMITED
   */
  async disable(viewer: Viewer, code: string, { ip }: Client): Promise<void> {
    const { userId } = signedIn(viewer)
    const { database, clock, codes, limits, sessions } = this.deps
    const confirmed = await database.prisma.secondFactor.count({ where: { userId, confirmedAt: { not: null } } })
    if (confirmed === 0) throw new DomainError('CONFLICT', 'Your account has no second factor.')
    const done = await countedGuess(limits.secondFactor, ip, userId, () =>
      inTransaction(database, async (tx) => {
        if (!(await codes.take(tx, userId, code, clock.now()))) return null
        await tx.prisma.secondFactor.deleteMany({ where: { userId } })
        await tx.prisma.recoveryCode.deleteMany({ where: { userId } })
        await tx.prisma.signInChallenge.deleteMany({ where: { userId } })
        await sessions.announceChange(tx, userId)
        await tellOwner(tx, userId, 'second-factor-off')
        return true
      }),
    )
    if (done === null) throw wrongCode()
  }
}

function signedIn(viewer: Viewer): SignedInViewer {
  if (viewer.kind === 'visitor') throw unauthenticated()
  return viewer
}

const wrongCode = (): DomainError => inputError([{ path: 'code', message: 'is wrong, has expired or was used before' }])

const alreadyConfirmed = (): DomainError =>
  new DomainError('CONFLICT', 'Your account has a second factor. Disable it first.')
