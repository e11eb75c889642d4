import 'reflect-metadata'
import { existsSync } from 'node:fs'
import { runSeed } from '../src/app/seed/run-seed.js'

if (existsSync('.env')) process.loadEnvFile('.env')

process.exitCode = await runSeed(process.argv.slice(2), process.env, {
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
  progress: { isTerminal: process.stdout.isTTY === true, write: (text) => void process.stdout.write(text) },
})
