/** The names of this room's jobs, for those who enqueue them and for the room that brings their handlers. */
export const planJobs = {
  /** { userId }: what the clock has to do about one plan */
  step: 'plans.step',
  /** { purchaseId }: a try to renew charges the kept method */
  charge: 'plans.charge',
  /** PlanLetterOrder */
  letter: 'plans.letter',
  /** By the clock, whose jobs have no dots */
  keep: 'keep-plans',
} as const
