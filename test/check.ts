import { spawnSync } from 'node:child_process'

/** Cheap and telling first: what fails most often is known within seconds. */
const steps = ['codegen', 'typecheck', 'lint', 'graph', 'schema:check', 'migrate:check', 'test']

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

const start = performance.now()
for (const step of steps) {
  const stepStart = performance.now()
  console.log(`\n> ${step}`)
  const { status } = spawnSync('npm', ['run', '--silent', step], { stdio: 'inherit' })
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${step} (${seconds(stepStart)})`)
  if (status !== 0) process.exit(1)
}
console.log(`\nAll ${steps.length} checks passed in ${seconds(start)}.`)
