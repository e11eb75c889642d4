interface Asked<Value> {
  readonly answer: Promise<Value | undefined>
  readonly resolve: (value: Value | undefined) => void
  readonly reject: (reason: unknown) => void
}

/**
 * One question asked by many at once, read together: what is asked in the same turn of the event loop, and while the last read is under way,
 * is one read, the same key once. So a thousand callers cost a statement, and hold one connection. No answer is older than its question.
 *
 * @param read answers the keys that have an answer; at most `most` at a time
 */
export function gathered<Value>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  most = 1_000,
): (key: string) => Promise<Value | undefined> {
  const waiting = new Map<string, Asked<Value>>()
  let isReading = false

  const readWaiting = async () => {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, most)
      for (const [key] of batch) waiting.delete(key)
      try {
        const answers = await read(batch.map(([key]) => key))
        for (const [key, { resolve }] of batch) resolve(answers.get(key))
      } catch (error) {
        for (const [, { reject }] of batch) reject(error)
      }
    }
    isReading = false
  }

  return (key) => {
    const known = waiting.get(key)
    if (known) return known.answer
    let resolve: Asked<Value>['resolve'] = () => {}
    let reject: Asked<Value>['reject'] = () => {}
    const answer = new Promise<Value | undefined>((onAnswer, onFailure) => {
      resolve = onAnswer
      reject = onFailure
    })
    waiting.set(key, { answer, resolve, reject })
    if (!isReading) {
      isReading = true
      setImmediate(() => void readWaiting())
    }
    return answer
  }
}
