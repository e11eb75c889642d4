import type { FastifyInstance } from 'fastify'

export interface Dependency {
  readonly name: string
  /** Without it nothing can be answered: readiness fails. */
  readonly isVital: boolean
  /** Throws, or says no, while the dependency cannot be used. Must bound its own time. */
  check(): Promise<boolean>
}

/** `/health`: 200 while the server can answer requests, 503 while it cannot; each dependency by name. `/health/live`: the process runs. */
export function registerHealth(app: FastifyInstance, dependencies: readonly Dependency[]): void {
  app.get('/health/live', () => ({ status: 'ok' }))

  app.get('/health', async (_request, reply) => {
    const checked = await Promise.all(
      dependencies.map(async ({ name, isVital, check }) => ({ name, isVital, isUp: await check().catch(() => false) })),
    )
    const isReady = checked.every(({ isVital, isUp }) => isUp || !isVital)
    const isWhole = checked.every(({ isUp }) => isUp)
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        status: isWhole ? 'ok' : isReady ? 'degraded' : 'down',
        live: true,
        ready: isReady,
        dependencies: Object.fromEntries(checked.map(({ name, isUp }) => [name, isUp ? 'up' : 'down'])),
      })
  })
}
