import type { ApolloPerson } from './apollo-person.js'
import type { Storyteller } from './storyteller.js'

/** What every part of the story needs. */
export interface Cast {
  readonly url: string
  readonly teller: Storyteller
  /** Signs one of the demo's people in, by the part of their address before the @. */
  signIn(who: 'customer' | 'factory' | 'manager'): Promise<ApolloPerson>
}
