import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../src/kernel/clock.js'

/** Real time and how far the test has gone ahead of it; a file tells the latter to other processes. */
export class MoneyClock implements Clock {
  readonly file: string
  private ahead = 0

  constructor(folder: string) {
    this.file = join(folder, 'clock')
    this.tell()
  }

  now(): Date {
    return new Date(Date.now() + this.ahead)
  }

  advance(ms: number): void {
    this.ahead += ms
    this.tell()
  }

  // Renamed, so that nobody reads half of it.
  private tell(): void {
    writeFileSync(`${this.file}.new`, String(this.ahead))
    renameSync(`${this.file}.new`, this.file)
  }
}
