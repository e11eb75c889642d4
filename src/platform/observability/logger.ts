import { type Logger as PinoLogger, pino } from 'pino'

export type Logger = PinoLogger

/** Structured logs on stdout. What identifies or admits a person is redacted, wherever it stands. */
export function createLogger(level: string): Logger {
  const secret = [
    'password',
    'current',
    'token',
    'accessToken',
    'refreshToken',
    'authorization',
    'cookie',
    'code',
    'secret',
    'email',
    'phone',
  ]
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
      censor: '[redacted]',
    },
  })
}
