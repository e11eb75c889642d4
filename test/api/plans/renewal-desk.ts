import { expect } from 'vitest'
import type { TestAccount } from '../../testkit/account.js'
import { openPlanDesk } from './plan-desk.js'

/** A plan desk whose customers come to the end of what they paid for. */
export async function openRenewalDesk(options: Parameters<typeof openPlanDesk>[0]) {
  const desk = await openPlanDesk(options)
  const { prisma } = desk
  return {
    ...desk,
    /** Somebody with PRO whose days are over, and 7 images left. */
    async atTheEnd({ keepsMethod = true } = {}): Promise<TestAccount> {
      const anna = await desk.open()
      await desk.buy(anna, 'PRO')
      const lost = keepsMethod ? {} : { methodId: null, methodProvider: null }
      const { paidUntil } = await desk.rowOf(anna)
      await prisma.planSubscription.update({
        where: { userId: anna.id },
        data: { remainingGenerations: 7, nextStepAt: paidUntil, ...lost },
      })
      await desk.age(anna, 30)
      return anna
    },
    async tryToRenew(anna: TestAccount, tries: number): Promise<void> {
      await desk.keepPlans()
      await desk.eventually(async () => expect((await desk.rowOf(anna)).renewalTries).toBe(tries))
    },
    /** Payments after the one that bought the plan. */
    renewals: (anna: TestAccount) => desk.paymentsOf(anna).then(([, ...rest]) => rest),
    subjects: (anna: TestAccount) => desk.letters(anna).then((all) => all.map(({ subject }) => subject)),
    /** The address in the last letter. */
    async linkOf(anna: TestAccount): Promise<string> {
      await desk.eventually(async () => expect(await desk.letters(anna)).not.toEqual([]))
      return /https?:\S+/.exec((await desk.letters(anna)).at(-1)?.text ?? '')?.[0] ?? ''
    },
    /** What the button of the renewal page does. */
    press(link: string): Promise<Response> {
      const { origin, searchParams } = new URL(link)
      const body = new URLSearchParams({ token: searchParams.get('token') ?? '' })
      return fetch(`${origin}/plans/renew`, { method: 'POST', body, redirect: 'manual' })
    },
  }
}
