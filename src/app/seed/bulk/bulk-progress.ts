const SHOWN_EVERY_MS = 500

/** Where progress is shown: a terminal rewrites its line, anything else gets lines. */
export interface ProgressOutput {
  readonly isTerminal: boolean
  write(text: string): void
}

/** Percent, rows a second and the time left of work whose steps have known weights. */
export class BulkProgress {
  private readonly begun = Date.now()
  private done = 0
  private rows = 0
  private shownAt = 0
  private shownPercent = -1

  constructor(
    private readonly total: number,
    private readonly output: ProgressOutput,
  ) {}

  /** So much of the total is done, and so many more rows are written. */
  advance(weight: number, rows: number, doing: string): void {
    this.done += weight
    this.rows += rows
    const percent = Math.min(100, Math.floor((this.done / this.total) * 100))
    const { isTerminal } = this.output
    const now = Date.now()
    // A log is not filled with a line for every percent.
    const isWorthIt = isTerminal ? now - this.shownAt >= SHOWN_EVERY_MS : percent >= this.shownPercent + 10
    if (!isWorthIt && percent < 100) return
    this.shownAt = now
    this.shownPercent = percent
    const line = `${String(percent).padStart(3)}%  ${this.pace()}  ${doing}`
    this.output.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`)
  }

  /** @returns what was done, for the last line */
  finish(): { readonly rows: number; readonly seconds: number } {
    if (this.output.isTerminal) this.output.write('\r\u001b[K')
    return { rows: this.rows, seconds: (Date.now() - this.begun) / 1_000 }
  }

  private pace(): string {
    const seconds = (Date.now() - this.begun) / 1_000
    const left = this.done === 0 ? 0 : (seconds * (this.total - this.done)) / this.done
    const speed = Math.round(this.rows / Math.max(seconds, 0.001)).toLocaleString('en-US')
    return `${speed.padStart(9)} rows/s  ${Math.max(0, Math.ceil(left))} s left`
  }
}
