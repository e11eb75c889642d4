import { defineConfig } from 'vitest/config'

// Runs files that leak on purpose, on the database of the run that watches them.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['*.leak.ts'],
    globalSetup: ['lent-database.ts'],
    setupFiles: ['../setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    sequence: { hooks: 'stack' },
  },
})
