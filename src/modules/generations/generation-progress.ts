/** How far one image is: accepted by a worker, drawn, stored. */
export type ImageStep = 'started' | 'drawn' | 'stored'

const DONE: Readonly<Record<ImageStep, number>> = { started: 0, drawn: 0.7, stored: 1 }

// The first tenth says that a worker has it; the last is the final transaction's.
const FROM = 0.1
const TO = 0.95

/** The progress of a whole generation while image `position` (0-based) of `images` is at a step, or part of the way to `drawn`. */
export function progressAt(images: number, position: number, step: ImageStep, fraction = 0): number {
  const ofThis = step === 'started' ? Math.min(Math.max(fraction, 0), 1) * DONE.drawn : DONE[step]
  const whole = FROM + ((position + ofThis) / images) * (TO - FROM)
  return Math.round(whole * 1000) / 1000
}
