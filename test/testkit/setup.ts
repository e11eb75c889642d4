import 'reflect-metadata'

import { failOnLeaks } from './leaks.js'

failOnLeaks()
