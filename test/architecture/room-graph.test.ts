import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import rooms from '../../src/modules/rooms.json' with { type: 'json' }

const root = resolve(import.meta.dirname, '../..')
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as Required<IConfiguration>
const names = Object.keys(rooms)

/** The smallest house in which every import is allowed: each room is a door that leads to the doors below it. */
const soundHouse: Record<string, string> = {
  'src/kernel/ids.ts': "import { v7 } from 'uuid'\nexport const newId = v7",
  'src/platform/database/database.ts': "export { newId } from '../../kernel/ids.js'",
  'src/platform/database/selection.ts': 'export interface Selection {}',
  'src/platform/graphql/marks.ts': 'export const OPEN = 1',
  'src/generated/prisma/client.ts': 'export const Prisma = 1',
  'src/generated/prisma/enums.ts': 'export const Role = 1',
  'src/app/compose.ts': names.map((room) => `import '../modules/${room}/index.js'`).join('\n'),
  'test/testkit/server.ts': "export * from '../../src/app/compose.js'",
  ...Object.fromEntries(
    Object.entries(rooms).flatMap(([room, below]) => [
      [`src/modules/${room}/index.ts`, ["export * from './thing.js'", ...below.map(importDoor)].join('\n')],
      [`src/modules/${room}/thing.ts`, "export { newId } from '../../kernel/ids.js'"],
    ]),
  ),
}

function importDoor(room: string): string {
  return `import type {} from '../${room}/index.js'`
}

/** What breaks each rule, as files added to the sound house. */
const violations: Record<string, Record<string, string>> = {
  'no-cycles': {
    'src/kernel/left.ts': "import type { right } from './right.js'\nexport const left: typeof right = 1",
    'src/kernel/right.ts': "import type { left } from './left.js'\nexport const right: typeof left = 1",
  },
  resolvable: { 'src/app/main.ts': "import './absent.js'" },
  'floor-modules': {
    'src/modules/chat/thing.ts': "import '../../app/settings.js'",
    'src/app/settings.ts': 'export {}',
  },
  'floor-platform': { 'src/platform/jobs/job.ts': "import type {} from '../../modules/users/index.js'" },
  'floor-kernel': { 'src/kernel/file.ts': "import { readFile } from 'node:fs/promises'\nexport { readFile }" },
  'src-stands-alone': {
    'src/platform/jobs/job.ts': "import '../../../test/testkit/clock.js'",
    'test/testkit/clock.ts': 'export {}',
  },
  'no-development-packages': { 'src/platform/jobs/job.ts': "import 'autocannon'" },
  'rooms-listed': { 'src/modules/attic/index.ts': "import '../../kernel/ids.js'" },
  'doors-between-rooms': { 'src/modules/orders/late.ts': "import type {} from '../users/thing.js'" },
  'doors-from-outside': { 'test/api/orders.test.ts': "import '../../src/modules/orders/thing.js'" },
  'schema-without-database': {
    'src/modules/orders/order.resolver.ts': "import type {} from '../../generated/prisma/client.js'",
  },
  'rules-without-graphql': {
    'src/modules/orders/order.service.ts': "import { Field } from 'type-graphql'\nexport { Field }",
  },
  ...Object.fromEntries(
    Object.entries(rooms).flatMap(([room, below]) => {
      const forbidden = names.find((other) => other !== room && !(below as string[]).includes(other)) ?? 'attic'
      const attic: Record<string, string> = forbidden === 'attic' ? { 'src/modules/attic/index.ts': 'export {}' } : {}
      return [[`room-${room}`, { ...attic, [`src/modules/${room}/reach.ts`]: importDoor(forbidden) }]]
    }),
  ),
}

/** Imports that look close to a violation and are right. */
const allowed: Record<string, Record<string, string>> = {
  'a resolver names the selection': {
    'src/modules/orders/order.resolver.ts': "import type {} from '../../platform/database/selection.js'",
  },
  'a type takes an enum of the database': {
    'src/modules/orders/order.type.ts': "import { Role } from '../../generated/prisma/enums.js'\nexport { Role }",
  },
  'a resolver uses GraphQL and a service the database': {
    'src/modules/orders/order.resolver.ts': "import { Field } from 'type-graphql'\nexport { Field }",
    'src/modules/orders/order.service.ts': "import { Pool } from 'pg'\nexport { Pool }",
  },
  "a room's own test opens its own files": {
    'src/modules/orders/thing.test.ts': "import './thing.js'\nimport 'vitest'",
  },
}

/** More ways to break a rule that guards several things. */
const alsoForbidden: [rule: string, planted: Record<string, string>][] = [
  [
    'schema-without-database',
    { 'src/modules/orders/order.input.ts': "import type { Pool } from 'pg'\nexport type { Pool }" },
  ],
  ['schema-without-database', { 'src/modules/orders/order.type.ts': "import '../../platform/database/database.js'" }],
  ['rules-without-graphql', { 'src/modules/orders/order.policy.ts': "import '../../platform/graphql/marks.js'" }],
  ['rules-without-graphql', { 'src/modules/orders/order.shape.ts': "import { Kind } from 'graphql'\nexport { Kind }" }],
  ['floor-kernel', { 'src/kernel/row.ts': "import type {} from '../generated/prisma/client.js'" }],
  ['doors-from-outside', { 'src/app/main.ts': "import '../modules/users/thing.js'" }],
]

let house: string

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'adtime-house-'))
  await symlink(join(root, 'node_modules'), join(house, 'node_modules'))
  for (const file of ['package.json', 'tsconfig.json'])
    await write({ [file]: await readFile(join(root, file), 'utf8') })
  await write(soundHouse)
})

afterAll(() => rm(house, { recursive: true, force: true }))

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(house, path)), { recursive: true })
    await writeFile(join(house, path), text)
  }
}

async function survey(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const { forbidden, options } = config
  const { output } = await cruise(folders, { ...options, baseDir, validate: true, ruleSet: { forbidden } })
  return output as ICruiseResult
}

/** The rules that fire when the files are added to the sound house. */
async function fired(planted: Record<string, string>): Promise<string[]> {
  await write(planted)
  try {
    const { summary } = await survey(house, ['src', 'test'])
    return [...new Set(summary.violations.map(({ rule }) => rule.name))]
  } finally {
    for (const path of Object.keys(planted)) await rm(join(house, path))
    await write(soundHouse)
  }
}

test('the real house keeps every rule', { timeout: 60_000 }, async () => {
  const { summary, modules } = await survey(root, ['src', 'test', 'prisma'])
  expect(modules.filter(({ source }) => source.startsWith('src/')).length).toBeGreaterThan(60)
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([])
})

test('every rule has a violation here', () => {
  expect(Object.keys(violations).sort()).toEqual(config.forbidden.map(({ name }) => name).sort())
})

test('a house without violations passes', async () => {
  expect(await fired({})).toEqual([])
})

test.for([...Object.entries(violations), ...alsoForbidden])('%s fires (%#)', async ([rule, planted]) => {
  expect(await fired(planted)).toContain(rule)
})

test.for(Object.entries(allowed))('%s', async ([, planted]) => {
  expect(await fired(planted)).toEqual([])
})
