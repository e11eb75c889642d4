import type { Movement } from '../../../modules/payments/index.js'
import type { DemoCalendar } from './demo-calendar.js'
import type { DemoPicture } from './demo-pictures.js'
import { type DemoRows, noRows } from './demo-rows.js'

/** An event of one or more streams. Numbers are given when all of the demo is told. */
export interface DemoEvent {
  readonly at: Date
  readonly subjectId: string
  readonly streams: readonly string[]
  /** Hears the event's number in the first of its streams. */
  readonly numbered: (number: bigint) => void
}

/** What the tellers of the demo add to. */
export class DemoWorld {
  readonly rows: DemoRows = noRows()
  readonly pictures: DemoPicture[] = []
  readonly movements: { readonly movement: Movement; readonly at: Date }[] = []
  readonly events: DemoEvent[] = []

  constructor(readonly calendar: DemoCalendar) {}
}
