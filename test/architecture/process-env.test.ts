import { expect, test } from 'vitest'
import { sourceFiles } from './source-files.js'

/** Who may see the environment, and why. Everybody else is given a Config. */
const readers: Record<string, string> = {
  'src/app/main.ts': 'hands it to the configuration',
  'src/app/keys-rotate.ts': 'needs what says where the keys are, and nothing else',
  'src/app/ledger-check.ts': 'needs what says where the books are, and nothing else',
  'src/app/migrate.ts': 'needs one variable, before the others exist',
  'src/app/with-some-database.ts': 'lends the database that DATABASE_URL names to the work of a command',
  'src/platform/database/postgres-process.ts': 'passes PATH on to the program it starts',
}

const reads = (text: string): boolean => /\bprocess\s*\.\s*env\b|\benv\b.*from 'node:process'/.test(text)

test('the environment is read where it enters, and nowhere else', () => {
  const found = sourceFiles.filter(({ text }) => reads(text)).map(({ path }) => path)
  const mayRead = found.filter((path) => path.startsWith('src/platform/config/') || path in readers)
  expect(found.filter((path) => !mayRead.includes(path))).toEqual([])
})

test('the list of readers is not longer than it must be', () => {
  const reading = sourceFiles.filter(({ text }) => reads(text)).map(({ path }) => path)
  expect(Object.keys(readers).filter((path) => !reading.includes(path))).toEqual([])
})

test.for(['process.env.PORT', "process.env['PORT']", 'process . env', "import { env } from 'node:process'"])(
  'a read is seen: %s',
  (text) => {
    expect(reads(text)).toBe(true)
  },
)
