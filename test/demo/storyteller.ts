import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

const COUNTER_WIDTH = 7
const TIME_WIDTH = 8

/** Prints the story as it happens: numbered steps, what came of them, and live events at the moment they arrive. */
export class Storyteller {
  private readonly begun = performance.now()
  private told = 0

  constructor(
    private readonly steps: number,
    private readonly write: (line: string) => void,
    private readonly isColoured: boolean,
  ) {}

  /** Before the first step. */
  heading(title: string, subtitle: string): void {
    this.write('')
    this.write(`  ${this.paint(['bold', 'magenta'], title)}`)
    this.write(`  ${this.paint('dim', subtitle)}`)
  }

  /** Somebody does the next thing. */
  step(title: string): void {
    this.told += 1
    this.write('')
    const counter = `${this.told}/${this.steps}`.padStart(COUNTER_WIDTH)
    this.write(`${this.paint('dim', this.time())} ${this.paint('cyan', counter)}  ${this.paint('bold', title)}`)
  }

  /** What came of the step. */
  fact(text: string): void {
    this.write(`${' '.repeat(TIME_WIDTH + COUNTER_WIDTH + 3)}${text}`)
  }

  /** What a subscription delivered, now. */
  live(text: string): void {
    const mark = '● live'.padStart(COUNTER_WIDTH)
    this.write(`${this.paint('dim', this.time())} ${this.paint(['bold', 'green'], mark)}  ${this.paint('green', text)}`)
  }

  /** After the last step. */
  ending(text: string): void {
    this.write('')
    this.write(
      `${this.paint('dim', this.time())} ${this.paint(['bold', 'green'], '✔'.padStart(COUNTER_WIDTH))}  ${this.paint('bold', text)}`,
    )
    this.write('')
  }

  private time(): string {
    return `${((performance.now() - this.begun) / 1_000).toFixed(2)} s`.padStart(TIME_WIDTH)
  }

  private paint(style: Style, text: string): string {
    return this.isColoured ? styleText(style, text) : text
  }
}
