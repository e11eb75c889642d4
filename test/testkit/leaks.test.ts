import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { describe, expect, inject, test } from 'vitest'

describe('the leak check', () => {
  test('fails a file that leaves a timer, a server or a database connection behind, and no other', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/testkit/leak-fixtures/run.ts'], {
      env: { ...process.env, LENT_TEMPLATE_URL: inject('templateUrl'), NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [out, err, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((resolve) => child.once('close', resolve)),
    ])
    const said = out + err

    expect(code, said).toBe(1)
    expect(said).toMatch(/Test Files {2}3 failed \| 1 passed/)
    expect(said).toMatch(/timer\.leak\.ts[\s\S]*?an active timer/)
    expect(said).toMatch(/socket\.leak\.ts[\s\S]*?a listening server/)
    expect(said).toMatch(/connection\.leak\.ts[\s\S]*?a database connection/)
  }, 60_000)
})
