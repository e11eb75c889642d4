import { defineConfig } from 'vitest/config'
import { compileWhatChanged } from './src/app/compile.mjs'
import { compiledSources } from './test/testkit/compiled-sources.js'

// The report is what .ci/run counts.
const report = process.env.TEST_REPORT

// Before anything is imported, because what is imported is the compiled code.
if (!compileWhatChanged()) throw new Error('The sources do not compile: see above.')

export default defineConfig({
  plugins: [compiledSources],
  // Without it a test that imports graphql gets another copy than the packages it tests.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    exclude: ['test/bench/**', '**/node_modules/**'],
    globalSetup: ['test/testkit/global-setup.ts'],
    setupFiles: ['test/testkit/setup.ts'],
    server: { deps: { external: [/\/dist\//] } },
    pool: 'forks',
    isolate: false,
    execArgv: ['--enable-source-maps'],
    maxWorkers: 2,
    // The leak check is declared before a file's own hooks, so it comes after all of them.
    sequence: { hooks: 'stack' },
    testTimeout: 15_000,
    hookTimeout: 30_000,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
})
