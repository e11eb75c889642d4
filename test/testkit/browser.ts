import { describe } from 'vitest'

import { findChromium } from './browser-path.js'

export { findChromium }

/** A `describe` for tests that drive a browser: skipped where there is none, which REQUIRE_BROWSER=1 makes a failure of the run. */
export const describeBrowser = describe.skipIf(findChromium() === null)
