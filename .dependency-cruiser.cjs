// The room graph: which part of the house may import which. test/architecture/room-graph.test.ts sees every rule fire.
const rooms = require('./src/modules/rooms.json')

const isTest = '[.]test[.]ts$'
const database = [
  '^src/platform/database/(?!(selection|page)[.]ts$)',
  '^src/generated/prisma/(?!enums[.]ts$)',
  '(^|/)node_modules/(@types/)?(pg|prisma|@prisma|graphile-worker)/',
]
const graphql = ['^src/platform/graphql/', '(^|/)node_modules/(graphql|type-graphql|graphql-scalars|@apollo)/']

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** One rule a room: it may import the rooms of its line in rooms.json, and no other. */
const roomRules = Object.entries(rooms).map(([room, below]) =>
  forbid(
    `room-${room}`,
    `${room} may import ${below.join(', ') || 'no other room'} (src/modules/rooms.json).`,
    { path: `^src/modules/${room}/` },
    { path: `^src/modules/(?!(${[room, ...below].join('|')})/)[^/]+/` },
  ),
)

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid('no-cycles', 'Files that import each other cannot be read one at a time.', {}, { circular: true }),
    forbid('resolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
    forbid(
      'floor-modules',
      'Arrows go down: app, modules, platform, kernel.',
      { path: '^src/modules/' },
      { path: '^src/app/' },
    ),
    forbid(
      'floor-platform',
      'Arrows go down: app, modules, platform, kernel.',
      { path: '^src/platform/' },
      { path: '^src/(app|modules)/' },
    ),
    forbid(
      'floor-kernel',
      'The kernel is pure words: no I/O, nothing of ours but the enums.',
      { path: '^src/kernel/', pathNot: isTest },
      { pathNot: ['^src/kernel/', '^src/generated/prisma/enums[.]ts$', '(^|/)node_modules/uuid/', '^(node:)?crypto$'] },
    ),
    forbid(
      'src-stands-alone',
      'The server needs no test code.',
      { path: '^src/', pathNot: isTest },
      { path: '^test/' },
    ),
    forbid(
      'no-development-packages',
      'What the server imports must be there after npm prune --omit=dev.',
      { path: '^src/', pathNot: isTest },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm'] },
    ),
    forbid(
      'rooms-listed',
      'A room stands in src/modules/rooms.json with the rooms it may import.',
      { path: `^src/modules/(?!(${Object.keys(rooms).join('|')})/)` },
      {},
    ),
    forbid(
      'doors-between-rooms',
      "Rooms meet at each other's index.ts.",
      { path: '^src/modules/([^/]+)/' },
      { path: '^src/modules/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index[.]ts$'] },
    ),
    forbid(
      'doors-from-outside',
      'The app and the tests enter a room by its index.ts.',
      { pathNot: '^src/modules/' },
      { path: '^src/modules/[^/]+/', pathNot: '^src/modules/[^/]+/index[.]ts$' },
    ),
    forbid(
      'schema-without-database',
      'Resolvers, types and inputs never touch the database: a service or a query does.',
      { path: '^src/modules/.+[.](resolver|type|input)[.]ts$' },
      { path: database },
    ),
    forbid(
      'rules-without-graphql',
      'Services, policies, queries and shapes know no GraphQL: resolvers do.',
      { path: '^src/modules/.+[.](service|policy|query|shape)[.]ts$' },
      { path: graphql },
    ),
    ...roomRules,
  ],
  options: {
    // TypeScript 7 has no compiler API: with the default parser no module would be found, and nothing would be wrong.
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['(^|/)node_modules/', '^src/generated/'] },
    exclude: { path: ['^test/bench/peers/', '^test/generated/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
