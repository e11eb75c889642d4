import type { Role, SenderRole } from '../../../generated/prisma/enums.js'
import { chatStream } from '../../../modules/chat/index.js'
import { demoId } from './demo-calendar.js'
import type { DemoPerson } from './demo-people.js'
import type { DemoWorld } from './demo-world.js'

const ROLES: Readonly<Record<Role, SenderRole>> = {
  USER: 'CUSTOMER',
  DESIGNER: 'DESIGNER',
  FACTORY: 'FACTORY',
  MANAGER: 'SUPPORT',
  ADMIN: 'SUPPORT',
}

/** The chat of one order. */
export class OrderTalk {
  private said = 0n
  private readonly marks = new Map<string, { upTo: bigint }>()

  constructor(
    private readonly world: DemoWorld,
    private readonly about: { readonly orderId: string; readonly customer: DemoPerson },
  ) {}

  /** Says something, with pictures perhaps. Who speaks has read everything before. */
  say(at: Date, who: DemoPerson, body: string, pictureWords?: string): this {
    const { orderId, customer } = this.about
    const number = ++this.said
    const id = demoId(at, `message ${number} of ${orderId}`)
    const senderRole = who.id === customer.id ? 'CUSTOMER' : ROLES[who.role]
    this.world.rows.messages.push({ id, orderId, number, senderId: who.id, senderRole, body, createdAt: at })
    this.world.events.push({ at, subjectId: id, streams: [chatStream(orderId)], numbered: () => undefined })
    if (pictureWords) {
      const assetId = demoId(at, `attachment of ${id}`)
      const poster = { prompt: pictureWords, width: 640, height: 448, seed: 7 }
      this.world.pictures.push({ id: assetId, ownerId: who.id, purpose: 'CHAT_ATTACHMENT', createdAt: at, poster })
      this.world.rows.attachments.push({ messageId: id, position: 0, assetId })
    }
    return this.read(who)
  }

  /** Reads everything so far. */
  read(who: DemoPerson): this {
    const mark = this.marks.get(who.id)
    if (mark) mark.upTo = this.said
    else {
      const row = { orderId: this.about.orderId, userId: who.id, upTo: this.said }
      this.marks.set(who.id, row)
      this.world.rows.chatReads.push(row)
    }
    return this
  }
}
