import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readEnvironment } from '../../src/platform/config/environment.js'
import { compose } from './compose-file.js'

const root = resolve(import.meta.dirname, '../..')
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8')
const { app, migrate, postgres, redis, prometheus } = compose.services

/** How each condition is met: by a health check, or by a command that ends. */
const canBe: Record<string, (service: string) => boolean> = {
  service_healthy: (name) => {
    const { build, healthcheck } = compose.services[name] ?? {}
    return healthcheck ? healthcheck.test !== undefined : build !== undefined && dockerfile.includes('HEALTHCHECK')
  },
  service_completed_successfully: (name) => compose.services[name]?.command?.at(-1) === 'dist/app/migrate.js',
}

test('the app waits for a migrated, healthy database and a healthy Redis', () => {
  const conditions = Object.entries(app?.depends_on ?? {}).map(([name, { condition }]) => `${name} ${condition}`)
  expect(conditions.sort()).toEqual([
    'migrate service_completed_successfully',
    'postgres service_healthy',
    'redis service_healthy',
  ])
  expect(migrate?.depends_on?.postgres?.condition).toBe('service_healthy')
})

test('whatever is waited for can come', () => {
  const waits = Object.values(compose.services).flatMap((service) => Object.entries(service.depends_on ?? {}))
  expect(waits.filter(([name, { condition }]) => !canBe[condition]?.(name))).toEqual([])
})

test('versions and ports are the promised ones', () => {
  expect(postgres?.image).toMatch(/^postgres:17\b/)
  expect(redis?.image).toMatch(/^redis:7\b/)
  expect(app?.ports).toEqual(['8042:8042'])
  expect(prometheus?.ports).toEqual(['9090:9090'])
  expect(postgres?.environment?.POSTGRES_INITDB_ARGS).toContain('--locale=C.UTF-8')
})

test('Prometheus scrapes the app', () => {
  const [config] = prometheus?.configs ?? []
  expect(config?.target).toBe('/etc/prometheus/prometheus.yml')
  const { scrape_configs } = parse(compose.configs[config?.source ?? '']?.content ?? '')
  expect(scrape_configs).toMatchObject([{ metrics_path: '/metrics', static_configs: [{ targets: ['app:8042'] }] }])
})

test('no secret is written down: each comes from .env, or stops compose with a sentence', () => {
  for (const name of ['JWT_PRIVATE_KEY', 'PASSWORD_PEPPER', 'SIGNING_SECRET'])
    expect(app?.environment?.[name]).toMatch(new RegExp(`^\\$\\{${name}:\\?set ${name} .+\\}$`))
  const urls = [app, migrate].map((service) => service?.environment?.DATABASE_URL)
  for (const url of urls)
    expect(url).toMatch(/^postgresql:\/\/adtime:\$\{POSTGRES_PASSWORD:\?.+\}@postgres:5432\/adtime$/)
  expect(postgres?.environment?.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?.+\}$/)
})

test("the app's environment is a production configuration once .env is filled in", () => {
  const filled: Record<string, string> = {
    POSTGRES_PASSWORD: 'secret',
    JWT_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----\\nkey\\n-----END PRIVATE KEY-----\\n',
    PASSWORD_PEPPER: '0'.repeat(64),
    SIGNING_SECRET: '1'.repeat(64),
    SANDBOX_PAYMENTS: 'allow',
  }
  const given = Object.entries({ NODE_ENV: 'production', ...app?.environment }).map(([name, value]) => [
    name,
    value.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)\}/g, (_, variable, byDefault) => filled[variable] ?? byDefault),
  ])
  expect(readEnvironment(Object.fromEntries(given))).toMatchObject({
    DATABASE_URL: 'postgresql://adtime:secret@postgres:5432/adtime',
    REDIS_URL: 'redis://redis:6379',
    PUBLIC_URL: 'http://localhost:8042',
  })
})

test('the image runs the compiled server as an ordinary user and can tell whether it is healthy', () => {
  expect(dockerfile.match(/^FROM node:20-bookworm-slim\b/gm)).toHaveLength(2)
  const finalStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))
  expect(finalStage).toMatch(/^USER node$/m)
  expect(finalStage).toMatch(/^ENV NODE_ENV=production HOST=0\.0\.0\.0\b/m)
  expect(finalStage).toMatch(/^HEALTHCHECK [\s\S]+\/health/m)
  expect(finalStage).toMatch(/^CMD \["node", "--enable-source-maps", "dist\/app\/main\.js"\]$/m)
  expect(finalStage).not.toContain('npm ')
})
