/**
 * Words to put before a command so that it does not outlive us, however we end. The shell becomes the command, leaving
 * behind a watcher that reads from its standard input, a pipe of ours: when we die the pipe closes, and the watcher sends
 * the command SIGINT. A line in the pipe dismisses the watcher.
 *
 * It is forked twice so that it is no child of the command: PostgreSQL takes unknown children that fail for crashed
 * sessions. Spawn with `stdio: ['pipe', …]`, and `detached` to keep the terminal's Ctrl-C away.
 */
export const watched: readonly string[] = [
  '/bin/sh',
  '-c',
  'exec 3<&0; ( ( read -r _ <&3 || kill -INT $$ ) </dev/null >/dev/null 2>&1 & ); exec "$@" 3<&- </dev/null',
  'sh',
]
