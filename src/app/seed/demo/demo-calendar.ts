import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { addDays } from '../../../kernel/clock.js'

/** The demo's time, told from the day it is made on: the same day gives the same moments and the same ids. */
export class DemoCalendar {
  private readonly today: Date

  constructor(private readonly now: Date) {
    this.today = new Date(now)
    this.today.setUTCHours(0, 0, 0, 0)
  }

  /** A moment of an earlier day; `time` is UTC, as in "16:20". */
  at(daysAgo: number, time = '00:00'): Date {
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    return new Date(addDays(this.today, -daysAgo).getTime() + (hours * 60 + minutes) * 60_000)
  }

  /** A moment that counts from now, for what would expire if it were told from midnight. */
  minutesAgo(minutes: number): Date {
    return new Date(this.now.getTime() - minutes * 60_000)
  }
}

/** A UUIDv7 of that moment, the same for the same label. */
export const demoId = (at: Date, label: string): string =>
  v7({ msecs: at.getTime(), random: createHash('sha256').update(label).digest().subarray(0, 16) })

/** A whole number from 0 up to `below`, the same for the same label. */
export const demoNumber = (label: string, below: number): number =>
  createHash('sha256').update(label).digest().readUInt32BE(16) % below
