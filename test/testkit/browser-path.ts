import { findOnPath } from './find-on-path.js'

/** The path of a Chromium to drive, or null: CHROMIUM_PATH, else the first on PATH. */
export function findChromium(): string | null {
  return (
    process.env.CHROMIUM_PATH || findOnPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')
  )
}
