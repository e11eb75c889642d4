import type { Viewer } from '../../kernel/viewer.js'
import type { Logger } from '../observability/logger.js'
import type { BrowserCookies } from './browser-cookies.js'
import type { Context, ResolverContainer } from './context.js'

/** The context of one operation. A class, because Apollo copies contexts and would make the logger that most never use. */
export class OperationContext implements Context {
  constructor(
    readonly viewer: Viewer,
    readonly requestId: string,
    readonly ip: string | null,
    readonly userAgent: string | null,
    readonly cookies: BrowserCookies | null,
    readonly container: ResolverContainer,
    private readonly serverLog: Logger,
  ) {}

  get log(): Logger {
    return this.serverLog.child({ requestId: this.requestId })
  }
}
