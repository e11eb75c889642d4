import { newId } from '../../../src/kernel/ids.js'
import { createNotificationsRoom, type Notice, type Notifications } from '../../../src/modules/notifications/index.js'
import type { Orders } from '../../../src/modules/orders/index.js'
import { inTransaction } from '../../../src/platform/database/transaction.js'
import type { TestServer } from '../../testkit/server.js'

const silent = () => undefined

/** The room as another replica has it, with no room that announces anything unless `onOverdue` does. */
export const openRoom = ({ platform }: TestServer, onOverdue: Orders['onOverdue'] = silent) =>
  createNotificationsRoom(platform, {
    payments: { onNews: silent },
    plans: { onNews: silent },
    generations: { onGenerationEnd: silent },
    orders: { onEvent: silent, onOverdue },
    reviews: { onReview: silent },
    chat: { onMessage: silent, onRead: silent },
  })

export const openDoor = (server: TestServer): Notifications => openRoom(server).notifications

/** Tells one person something, each time something else unless `more` names its source. */
export function bulletin(server: TestServer) {
  const door = openDoor(server)
  return (userId: string, more: Partial<Notice> = {}): Promise<void> =>
    inTransaction(server.platform.database, async (tx) => {
      door.notify(tx, {
        event: 'test.news',
        type: 'SYSTEM',
        source: newId(),
        to: { userIds: [userId] },
        words: { RU: { title: 'Новость', body: 'Что-то случилось.' }, EN: { title: 'News', body: 'It happened.' } },
        ...more,
      })
    })
}
