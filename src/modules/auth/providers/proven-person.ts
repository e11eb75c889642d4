import { isEmail } from 'class-validator'
import { ProviderRefusal } from './provider-failure.js'

const MAX_NAME = 100
const MAX_SUBJECT = 255

/** A provider's name for a person as a display name: one line, up to 100 characters; null when nothing is left. */
export function displayNameOf(claim: unknown): string | null {
  if (typeof claim !== 'string') return null
  const line = claim.replace(/[\p{C}\s]+/gu, ' ').trim()
  return [...line].slice(0, MAX_NAME).join('').trim() || null
}

/** The address that the provider vouches for, normalised: nothing but the boolean true counts as its word. */
export function verifiedEmailOf({
  email,
  email_verified,
}: {
  email?: unknown
  email_verified?: unknown
}): string | null {
  if (email_verified !== true || typeof email !== 'string') return null
  const address = email.trim().toLowerCase()
  return isEmail(address) && address.length <= 254 ? address : null
}

/** @throws ProviderRefusal for what cannot name anybody */
export function subjectOf(claim: unknown): string {
  const subject = typeof claim === 'number' && Number.isSafeInteger(claim) ? String(claim) : claim
  if (typeof subject !== 'string' || subject.length > MAX_SUBJECT || !/^[\x21-\x7e]+$/.test(subject))
    throw new ProviderRefusal('the provider did not say who it is')
  return subject
}
