import type { Caller } from './cast.js'
import type { Arguments } from './documents.js'
import type { ViewerName } from './viewers.js'
import type { World } from './world.js'

/** How a root field is called. */
export interface Act {
  /** What it is called with, over rows made for this call alone where it changes them. Nothing when absent. */
  readonly args?: (world: World, caller: Caller) => Arguments | Promise<Arguments>
  /** It uses its caller up: each call is by an account of its own. */
  readonly usesUpCaller?: true
}

/** Acts by field; `Mutation.cancelOrder/PRODUCTION` is another act on the same field. */
export type Acts = Readonly<Record<string, Act>>

/** One viewer's call, ready to be made. */
export interface Call {
  readonly viewer: ViewerName
  readonly caller: Caller
  readonly args: Arguments
}

export const fieldOfAct = (act: string): string => act.split('/')[0] ?? act
