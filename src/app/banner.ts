import type { Config } from '../platform/config/config.js'

/** What to open, and with which accounts, for the person who started the server. */
export function bannerOf(config: Config): string {
  const lines = [
    '',
    '  AdTime',
    '',
    `  GraphiQL      ${config.publicUrl}/graphiql`,
    `  GraphQL       ${config.publicUrl}/graphql`,
    `  Health        ${config.publicUrl}/health`,
    `  Database      ${config.databaseUrl ? 'DATABASE_URL' : `embedded, in ${config.dataDir}`}`,
    `  Live events   ${config.redisUrl ? 'REDIS_URL' : 'in this process'}`,
  ]
  if (config.environment !== 'production') lines.push(`  Mail outbox   ${config.publicUrl}/dev/outbox`)
  if (config.seed === 'demo')
    lines.push(
      '',
      '  Demo accounts, password Adtime-demo-1',
      '    customer@adtime.test  designer@adtime.test  factory@adtime.test',
      '    manager@adtime.test   admin@adtime.test',
    )
  return [...lines, ''].join('\n')
}
