/** One rule of the books, as SQL that counts what it covers and finds what breaks it. */
export interface LedgerCheck {
  /** What is true of a sound ledger. */
  readonly rule: string
  /** How many there are of what the rule is about: one row, `count`. */
  readonly count: string
  /** Those that break it: the `id`, and the two numbers that should be one. No row in a sound ledger. */
  readonly difference: string
}
