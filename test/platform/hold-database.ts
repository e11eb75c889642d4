import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js'

// Run in a process of its own by embedded-postgres.test.ts, to be killed or to receive Ctrl-C.
const postgres = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', fast: true })
process.on('SIGINT', () => process.send?.('interrupted'))
process.on('message', () => void postgres.stop().then(() => process.exit(0)))
process.send?.(postgres.url)
