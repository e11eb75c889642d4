import { type DestinationStream, type LoggerOptions, type Logger as PinoLogger, pino } from 'pino'

export type Logger = PinoLogger

/** An error without what libraries hang on it: a database client, a request, its headers. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error)
  const { name, message, stack, cause } = error
  const { code } = error as NodeJS.ErrnoException
  return {
    type: name,
    message,
    stack,
    ...(code !== undefined && { reason: code }),
    ...(cause !== undefined && { cause: serializeError(cause) }),
  }
}

/** Structured logs, on stdout unless told otherwise. What identifies or admits a person is redacted, wherever it stands. */
export function createLogger(level: string, destination: DestinationStream = pino.destination(1)): Logger {
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
  const options: LoggerOptions = {
    level,
    base: null,
    serializers: { err: serializeError },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
      censor: '[redacted]',
    },
  }
  return pino(options, destination)
}
