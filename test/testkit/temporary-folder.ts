import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A temporary folder that other accounts may pass through, as root's PostgreSQL needs; removed after the file or suite. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `adtime-test-${process.pid}-`))
  chmodSync(folder, 0o711)
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}
