import { runSimulator } from '../run-simulator.js'
import { startYooKassaSimulator } from './yookassa-simulator.js'

await runSimulator({ name: 'YooKassa', port: 8046, start: startYooKassaSimulator, envOf: ({ env }) => env })
