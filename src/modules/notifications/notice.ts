import type { Locale, NotificationType } from '../../generated/prisma/enums.js'

/** Who is told. Blocked and deleted accounts and programs never are. */
export interface Audience {
  readonly userIds?: readonly string[]
  /** The staff of this factory. */
  readonly factoryId?: string | null
  /** Everybody of role MANAGER. */
  readonly managers?: boolean
  /** Whoever did it: nobody is told what they did themselves. */
  readonly exceptId?: string | null
}

/** A title of at most 100 and a body of at most 1000 characters, in every language; longer ones are cut. */
export type Words = Readonly<Record<Locale, { readonly title: string; readonly body: string }>>

/** What people are to be told of one event. */
export interface Notice {
  /** Such as "order.paid": the table in README.md. */
  readonly event: string
  readonly type: NotificationType
  /** What it tells of, such as "order-event:ID". Nobody is told of one thing twice. */
  readonly source: string
  readonly to: Audience
  readonly words: Words
  readonly orderId?: string | null
  /** Ids for programs. */
  readonly payload?: Readonly<Record<string, string | number>>
  /** As long as one of this event and order is UNREAD, another says nothing new. */
  readonly isOnceUntilRead?: boolean
  /** Another room writes to the person about it, so that no e-mail is sent here. */
  readonly hasOwnLetter?: boolean
}
