import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** The first key of the advisory locks that names are kept by; the second is the name's hash. */
export const LIFELINE_LOCK = 8044

const ANSWER_LIMIT_MS = 1_000
const RETRY_MS = 250

// Without them the server would believe in a machine that lost its power for two hours.
const NOTICE_LOSS = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3'

/**
 * One connection outside the pool. It answers while every other one is busy; and as its session ends with the process, the locks
 * on it tell the other processes who is alive. Whenever it breaks it is opened again.
 */
export class Lifeline {
  private readonly names = new Set<string>()
  private readonly closing = new AbortController()
  private line: Promise<Line | null> = Promise.resolve(null)
  private maintained: Promise<void> = Promise.resolve()
  private asked: Promise<boolean> | undefined

  private constructor(private readonly url: string) {}

  /** Returns after the first attempt to connect, whatever became of it. */
  static async open(url: string): Promise<Lifeline> {
    const lifeline = new Lifeline(url)
    lifeline.line = lifeline.connect()
    lifeline.maintained = lifeline.maintain()
    await lifeline.line
    return lifeline
  }

  /** Whether the database answers within a second. Never throws. */
  ping(): Promise<boolean> {
    this.asked ??= this.ask().finally(() => {
      this.asked = undefined
    })
    return within(ANSWER_LIMIT_MS, this.asked)
  }

  /** Tells every process on this database that `name` lives, until it is dropped or this process is gone. */
  keep(name: string): void {
    this.names.add(name)
    void this.line.then((line) => line?.holdAll(this.names))
  }

  drop(name: string): void {
    this.names.delete(name)
    void this.line.then((line) => line?.holdAll(this.names))
  }

  async close(): Promise<void> {
    this.closing.abort()
    const line = await this.line
    await line?.cut()
    await this.maintained
  }

  private async maintain(): Promise<void> {
    const { signal } = this.closing
    while (!signal.aborted) {
      const line = await this.line
      if (line) await line.ended
      else await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined)
      if (!signal.aborted) this.line = this.connect()
    }
  }

  private async connect(): Promise<Line | null> {
    const line = new Line(this.url)
    try {
      await line.connect()
      await line.holdAll(this.names)
      return line
    } catch {
      await line.cut()
      return null
    }
  }

  private async ask(): Promise<boolean> {
    const line = await this.line
    if (!line) return false
    const isAlive = await within(ANSWER_LIMIT_MS, line.answers())
    // A line that is silent is cut: the next one may get through.
    if (!isAlive) void line.cut()
    return isAlive
  }
}

class Line {
  readonly ended: Promise<void>
  private readonly client: pg.Client
  private readonly held = new Set<string>()
  private turn: Promise<unknown> = Promise.resolve()

  constructor(url: string) {
    this.client = new pg.Client({
      connectionString: url,
      application_name: 'adtime lifeline',
      connectionTimeoutMillis: ANSWER_LIMIT_MS,
      keepAlive: true,
    })
    this.ended = new Promise((resolve) => this.client.once('end', resolve))
    this.client.on('error', () => {}) // Its end says the same.
  }

  async connect(): Promise<void> {
    await this.client.connect()
    await this.client.query(NOTICE_LOSS)
  }

  answers(): Promise<boolean> {
    return this.inTurn(() => this.client.query('select')).then(
      () => true,
      () => false,
    )
  }

  /** Brings the locks of this session in line with the names. What fails is made good on the next line. */
  holdAll(names: ReadonlySet<string>): Promise<void> {
    return this.inTurn(async () => {
      for (const name of [...names].filter((wanted) => !this.held.has(wanted))) {
        await this.client.query(`select pg_advisory_lock_shared(${LIFELINE_LOCK}, hashtext($1))`, [name])
        this.held.add(name)
      }
      for (const name of [...this.held].filter((kept) => !names.has(kept))) {
        await this.client.query(`select pg_advisory_unlock_shared(${LIFELINE_LOCK}, hashtext($1))`, [name])
        this.held.delete(name)
      }
    }).catch(() => undefined)
  }

  async cut(): Promise<void> {
    await this.client.end().catch(() => undefined)
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.turn.then(work)
    this.turn = next.catch(() => undefined)
    return next
  }
}

/** What `answer` says, or false when it takes too long. */
async function within(ms: number, answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
