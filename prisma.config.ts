import { defineConfig } from 'prisma/config'

// `generate` never runs the schema engine, but looks for one and would try to download it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: 'prisma/schema',
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://unused@localhost/unused' },
})
