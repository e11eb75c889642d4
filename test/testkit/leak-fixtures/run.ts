import { startVitest } from 'vitest/node'

// Runs files that leak on purpose, on the database of the run that watches them.
await startVitest('test', [], {
  config: false,
  root: import.meta.dirname,
  watch: false,
  include: ['*.leak.ts'],
  globalSetup: ['lent-database.ts'],
  setupFiles: ['../setup.ts'],
  pool: 'forks',
  maxWorkers: 2,
  sequence: { hooks: 'stack' },
})
