import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { ResvgRenderOptions } from '@resvg/resvg-js'

/**
 * Plain source, because a file of its own would be .ts under tsx and .js after the build. Resvg's own renderAsync would leave
 * the encoding of the PNG, a tenth of a second for a large one, to the main thread.
 */
const DRAWING = `
const { parentPort, workerData } = require('node:worker_threads')
const { Resvg } = require(workerData.resvg)
const png = Uint8Array.from(new Resvg(workerData.svg, workerData.options).render().asPng())
parentPort.postMessage(png, [png.buffer])
`

const resvg = createRequire(import.meta.url).resolve('@resvg/resvg-js')

interface PressLimits {
  readonly atOnce: number
  /** Milliseconds for one drawing, not counting its wait. */
  readonly timeLimit: number
}

/** Turns SVG into PNG off the main thread, a few at a time; the others wait. A thread lives as long as its drawing: nothing has to be closed. */
export class PngPress {
  private readonly waiting: (() => void)[] = []
  private free: number

  constructor(private readonly limits: PressLimits) {
    this.free = limits.atOnce
  }

  /** @throws Error when the SVG cannot be drawn, or not in time */
  async print(svg: string, options: ResvgRenderOptions): Promise<Uint8Array> {
    if (this.free > 0) this.free--
    else await new Promise<void>((resolve) => this.waiting.push(resolve))
    try {
      return await this.drawn(svg, options)
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.free++
    }
  }

  private drawn(svg: string, options: ResvgRenderOptions): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      // Without execArgv the thread would load what the process was started with, tsx among it.
      const worker = new Worker(DRAWING, { eval: true, execArgv: [], workerData: { resvg, svg, options } })
      const limit = setTimeout(() => {
        reject(new Error(`a drawing took longer than ${this.limits.timeLimit} ms`))
        void worker.terminate()
      }, this.limits.timeLimit)
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => {
        clearTimeout(limit)
        reject(new Error('the drawing ended without a picture'))
      })
    })
  }
}
