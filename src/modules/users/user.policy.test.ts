import { describe, expect, it } from 'vitest'
import { newId } from '../../kernel/ids.js'
import { type SignedInViewer, type Viewer, visitor } from '../../kernel/viewer.js'
import type { Role } from './role.type.js'
import { isPrivateTo, requirePrivateTo } from './user.policy.js'

const account = newId()
const signedIn = (role: Role, userId = newId()): SignedInViewer => ({
  kind: 'user',
  userId,
  sessionId: newId(),
  role,
  isGuest: false,
  isMachine: false,
  needsSecondFactor: false,
  factoryId: null,
})

const cases: readonly [string, Viewer, boolean][] = [
  ['the person themselves', signedIn('USER', account), true],
  ['a manager', signedIn('MANAGER'), true],
  ['an admin', signedIn('ADMIN'), true],
  ['another customer', signedIn('USER'), false],
  ['a designer', signedIn('DESIGNER'), false],
  ['a factory', signedIn('FACTORY'), false],
  ['a visitor', visitor, false],
]

describe('what is private to an account', () => {
  it.each(cases)('%s: %#', (_who, viewer, allowed) => {
    expect(isPrivateTo(viewer, account)).toBe(allowed)
  })

  it('is FORBIDDEN to others where it cannot be left out', () => {
    expect(() => requirePrivateTo(visitor, account)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
    expect(() => requirePrivateTo(signedIn('ADMIN'), account)).not.toThrow()
  })
})
