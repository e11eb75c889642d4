import 'reflect-metadata'

import { register } from 'prom-client'
import { afterAll, beforeAll } from 'vitest'
import { failOnLeaks } from './leaks.js'
import { killServerProcesses } from './server-process.js'

failOnLeaks()
// The files that ran before in this process have counted too.
beforeAll(() => register.resetMetrics())
afterAll(killServerProcesses)
