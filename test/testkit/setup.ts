import 'reflect-metadata'

import { afterAll } from 'vitest'
import { failOnLeaks } from './leaks.js'
import { killServerProcesses } from './server-process.js'

failOnLeaks()
afterAll(killServerProcesses)
