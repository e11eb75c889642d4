/** An answer says how things are; who asks later than this after it was begun gets one of their own. */
const FRESH_MS = 100

interface Answer<Value> {
  readonly begunAt: number
  /** Itself once it is known, so that who comes then need not wait. */
  value: Value | Promise<Value>
}

/** One answer for all who ask the same about the same thing within a moment, as the subscribers of an event do. Failures are shared alike. */
export class FreshAnswers<Value> {
  private readonly byThing = new WeakMap<object, Map<string, Answer<Value>>>()

  of(thing: object, question: string, find: () => Promise<Value>): Value | Promise<Value> {
    const answers = this.byThing.get(thing) ?? new Map<string, Answer<Value>>()
    this.byThing.set(thing, answers)
    const now = performance.now()
    const known = answers.get(question)
    if (known && now - known.begunAt < FRESH_MS) return known.value
    const answer: Answer<Value> = { begunAt: now, value: find() }
    answers.set(question, answer)
    void Promise.resolve(answer.value).then(
      (value) => {
        answer.value = value
      },
      () => undefined,
    )
    return answer.value
  }
}
