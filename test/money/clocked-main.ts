import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { startClockedServer } from './clocked-server.js'

// A process that can be killed, as any other. How far its clock is ahead stands in a file, which is read whenever the time is asked for.
const file = process.env.CLOCK_FILE ?? ''
const clock = { now: () => new Date(Date.now() + Number(readFileSync(file, 'utf8'))) }
const { url } = await startClockedServer(process.env, clock)
process.stdout.write(`Ready at ${url}\n`)
