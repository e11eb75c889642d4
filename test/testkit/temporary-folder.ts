import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, inject } from 'vitest'

/** A temporary folder that other accounts may pass through, as root's PostgreSQL needs; removed after the file or suite. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(inject('runFolder'), 'file-'))
  chmodSync(folder, 0o711)
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}
