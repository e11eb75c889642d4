import { readOutcomes } from './outcomes.js'

/**
 * Who is shown what of an order in production, of its customer and of what hangs on both. `-` is nothing: null, or an empty list. Who
 * takes no part in the order gets to none of it; what a factory sees of a customer is name, address and chat.
 */
export const privateFieldOutcomes = readOutcomes(`
                                  visitor guest other owner designer rival factory foreign key manager admin

  order.customer.displayName        401    404   404   ok    ok      404   ok      404    ok    ok     ok
  order.customer.email              401    404   404   ok    -       404   -       404    -     ok     ok
  order.customer.emailVerified      401    404   404   ok    403     404   403     404    403   ok     ok
  order.customer.phone              401    404   404   ok    -       404   -       404    -     ok     ok
  order.customer.telegramId         401    404   404   ok    -       404   -       404    -     ok     ok
  order.customer.twoFactorEnabled   401    404   404   ok    403     404   403     404    403   ok     ok
  order.customer.balance            401    404   404   ok    403     404   403     404    403   ok     ok
  order.customer.ledger             401    404   404   ok    403     404   403     404    403   ok     ok
  order.customer.planSubscription   401    404   404   ok    403     404   403     404    403   ok     ok
  order.customer.orders             401    404   404   ok    403     404   403     404    403   ok     ok
  order.customer.generations        401    404   404   ok    403     404   403     404    403   ok     ok
  order.customer.notifications     401    404   404   ok    403     404   403     404    403   ok     ok
  order.customer.unreadNotificationCount 401   404   404   ok    403     404   403     404    403   ok     ok
  order.customer.lastNotificationCursor 401   404   404   ok    403     404   403     404    403   ok     ok
  order.customer.notificationPreferences 401   404   404   ok    403     404   403     404    403   ok     ok

  order.payments                    401    404   404   ok    -       404   -       404    -     ok     ok
  order.deliveryAddress             401    404   404   ok    -       404   ok      404    ok    ok     ok
  order.note                        401    404   404   ok    -       404   ok      404    ok    ok     ok
  order.messages                    401    404   404   ok    ok      404   ok      404    ok    ok     ok
  order.lines.generation            401    404   404   ok    -       404   -       404    -     ok     ok
  # To print: for who prints it. To download: for who has paid for it.
  order.lines.files                 401    404   404   -     -       404   ok      404    ok    ok     ok
  digital.lines.files               401    404   404   ok    -       404   404     404    404   ok     ok
  unpaid.lines.files                401    404   404   -     -       404   404     404    404   ok     ok
  order.allowedTransitions          401    404   404   -     -       404   ok      404    ok    ok     ok
  order.factory.orders              401    404   404   403   403     404   ok      404    ok    ok     ok

  # Factories and reviews are for everybody, the orders behind them are not.
  factory.orders                    401    403   403   403   403     403   ok      403    ok    ok     ok
  item.reviews.nodes.order          -      -     -     ok    ok      -     ok      -      ok    ok     ok
  # A designer meets an order by its id and in its chat; the list is of what one bought.
  orders.nodes                      401    -     -     ok    -       -     ok      -      ok    ok     ok
  # Everybody has one of their own, and there is no way to another's.
  cart.lines                        401    -     -     ok    -       -     403     403    403   -      -
  admin.payments                    401    403   403   403   403     403   403     403    403   ok     ok
  admin.webhookDeliveries           401    403   403   403   403     403   403     403    403   ok     ok

  me.email                          401    -     ok    ok    ok      ok    ok      ok     -     ok     ok
  me.balance                        401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  me.ledger                         401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  me.planSubscription               401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  me.orders                         401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  me.generations                    401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
  me.notifications                  401    ok    ok    ok    ok      ok    ok      ok     ok    ok     ok
`)

/** What everybody is shown who is shown the thing at all. */
export const sharedFields: Readonly<Record<string, string>> = {
  AdminQuery: '',
  User: 'id avatar displayName role isGuest locale createdAt',
  PublicProfile: 'id avatar displayName role createdAt items rating',
  Order: `id number customer status lines subtotal rushFee discount total paidAt factory productionStage productionDeadline
    trackingNumber cancellationReason unreadMessageCount history lastEventCursor lastMessageCursor review createdAt updatedAt`,
  Cart: 'id subtotal itemCount updatedAt',
  OrderLine: 'id item title productType print quantity unitPrice total',
  OrderStatusEvent: 'cursor order type fromStatus toStatus productionStage actor note occurredAt',
  ChatMessage: `id cursor orderId sender senderRole body attachments readBy clientMessageId createdAt editedAt deletedAt deletedBy event`,
  Factory: 'id name location specializations rating capacity currentLoad leadTimeDays serviceLevel isActive',
  Review: 'id author rating comment photos reply repliedAt createdAt item',
  MarketplaceItem: `id title description productType status price previews tags print designer rating reviewCount salesCount isFavorite
    reviews createdAt updatedAt`,
}
