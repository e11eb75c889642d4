import 'reflect-metadata'

import { afterAll, beforeAll } from 'vitest'
import { registry } from '../../src/platform/observability/metrics.js'
import { failOnLeaks } from './leaks.js'
import { killServerProcesses } from './server-process.js'

failOnLeaks()
// The files that ran before in this process have counted too.
beforeAll(() => registry.resetMetrics())
afterAll(killServerProcesses)
