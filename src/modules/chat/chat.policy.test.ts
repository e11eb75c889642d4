import { describe, expect, it } from 'vitest'
import { type Participation, senderRoleOf } from './chat.policy.js'

const nobody: Participation = { isCustomer: false, isDesigner: false, isFactory: false, isStaff: false }

describe('senderRoleOf', () => {
  it.each([
    [{ isCustomer: true }, 'CUSTOMER'],
    [{ isDesigner: true }, 'DESIGNER'],
    [{ isFactory: true }, 'FACTORY'],
    [{ isStaff: true }, 'SUPPORT'],
    [{ isCustomer: true, isStaff: true }, 'CUSTOMER'],
    [{ isDesigner: true, isStaff: true }, 'DESIGNER'],
    [{ isCustomer: true, isDesigner: true }, 'CUSTOMER'],
  ])('%j speaks as %s', (part, role) => {
    expect(senderRoleOf({ ...nobody, ...part })).toBe(role)
  })

  it('hides the order from who takes no part', () => {
    expect(() => senderRoleOf(nobody)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})
