import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { findChromium } from '../testkit/browser-path.js'

/** How long anything in a browser may take on a busy machine. */
const LIMIT_MS = 30_000

// Chromium itself is kept from calling home; what a page asks for is seen either way.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A headless Chromium of this test file's own. Close it, or the file leaks a process. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium() ?? '', args: FLAGS, timeout: LIMIT_MS })
}

type WindowOptions = NonNullable<Parameters<Browser['newContext']>[0]>

/** A window that remembers nothing of others, with waits that are bounded. */
export async function openWindow(browser: Browser, options: WindowOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1_400, height: 1_100 }, ...options })
  context.setDefaultTimeout(LIMIT_MS)
  return context
}

export interface Complaints {
  /** Addresses outside the server that were asked for. */
  readonly foreign: string[]
  /** What went to the console as an error, and what was thrown and not caught. */
  readonly errors: string[]
}

/** Listens to every page of a window, also to those that it opens later. */
export function complaintsOf(context: BrowserContext, origin: string): Complaints {
  const complaints: Complaints = { foreign: [], errors: [] }
  const check = (url: string) => {
    const { protocol, host } = new URL(url)
    const isInside = host === new URL(origin).host || protocol === 'data:' || url.startsWith(`blob:${origin}/`)
    if (!isInside) complaints.foreign.push(url)
  }
  context.on('request', (request) => check(request.url()))
  context.on('console', (message) => message.type() === 'error' && complaints.errors.push(message.text()))
  context.on('weberror', (error) => complaints.errors.push(String(error.error())))
  context.on('page', (page) => page.on('websocket', (socket) => check(socket.url())))
  return complaints
}
