import { describe, expect, test } from 'vitest'
import { createLogger, type Logger } from './logger.js'

/** The one line that a piece of work logs. */
function lineOf(work: (log: Logger) => void): Record<string, unknown> {
  let written = ''
  const write = (text: string) => {
    written += text
  }
  work(createLogger('info', { write }))
  return JSON.parse(written) as Record<string, unknown>
}

describe('a line of the log', () => {
  test('hides what identifies or admits a person, wherever it stands', () => {
    const line = lineOf((log) =>
      log.info(
        {
          password: 'one',
          input: { email: 'two', token: 'three' },
          request: { headers: { authorization: 'four', cookie: 'five' } },
          payload: { user: { phone: 'six', secret: 'seven', name: 'kept' } },
        },
        'something',
      ),
    )

    expect(JSON.stringify(line)).not.toMatch(/"(one|two|three|four|five|six|seven)"/)
    expect(line).toMatchObject({ payload: { user: { name: 'kept' } }, msg: 'something' })
  })

  test('has an error with its stack and cause, but not what libraries hang on it', () => {
    const error = Object.assign(new Error('outer', { cause: new Error('inner') }), {
      code: 'E1',
      client: { password: 'x' },
    })
    const { err } = lineOf((log) => log.error({ err: error }, 'failed'))

    expect(err).toMatchObject({
      message: 'outer',
      reason: 'E1',
      stack: expect.any(String),
      cause: { message: 'inner' },
    })
    expect(err).not.toHaveProperty('client')
  })

  test('carries the request id of the logger it was made for', () => {
    expect(lineOf((log) => log.child({ requestId: '7' }).warn('something'))).toMatchObject({
      requestId: '7',
      level: 'warn',
    })
  })
})
