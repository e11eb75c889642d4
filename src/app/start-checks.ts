import { access, constants, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { Config } from '../platform/config/config.js'
import { ConfigError } from '../platform/config/config-error.js'
import { probeRedis } from '../platform/events/probe-redis.js'

// Asked before anything slow happens; `listen` would say the same half a minute later.
export async function refuseTakenPort({ port, host }: Config): Promise<void> {
  const problem = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const probe = createServer()
    probe.once('error', resolve)
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(null)))
  })
  if (problem?.code === 'EADDRINUSE')
    throw new ConfigError([`port ${port} is taken. Stop what listens there, or choose another: PORT=8043 npm start`])
  if (problem?.code === 'EACCES')
    throw new ConfigError([`port ${port} needs privileges. Choose one above 1023 with PORT.`])
  if (problem) throw new ConfigError([`HOST ${host} cannot be listened on: ${problem.message}`])
}

export async function refuseUnusableFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    await access(dataDir, constants.W_OK)
  } catch (error) {
    throw new ConfigError([
      `DATA_DIR ${dataDir} cannot be written to (${(error as NodeJS.ErrnoException).code}). Choose a folder of your own.`,
    ])
  }
}

export async function refuseSilentRedis(url: string): Promise<void> {
  try {
    await probeRedis(url)
  } catch (error) {
    const { host } = new URL(url)
    throw new ConfigError([
      `Redis does not answer at ${host} (${(error as Error).message}). Start it, correct REDIS_URL, or unset it to run as a single process.`,
    ])
  }
}
