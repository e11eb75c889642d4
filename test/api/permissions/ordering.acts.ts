import { addFactory } from '../../testkit/shop-rows.js'
import { address, print } from '../orders/order-desk.js'
import type { Acts } from './acts.js'
import type { World } from './world.js'

const wanted = ({ standing }: World) => ({
  input: { lines: [{ itemId: standing.item, print }], deliveryAddress: address },
})

/** Orders, their money, their making, and what is said about them. */
export const orderingActs: Acts = {
  'Query.printOptions': { args: () => ({ productType: 'BANNER' }) },
  'Query.quote': { args: wanted },
  'Mutation.createOrder': { args: wanted },
  'Query.cart': {},
  'Mutation.setCartLine': { args: ({ standing }) => ({ itemId: standing.item, quantity: 1 }) },
  'Mutation.clearCart': {},
  'Mutation.checkoutCart': {
    args: async (world, { id }) => {
      await world.fillCart(id)
      return { input: { deliveryAddress: address } }
    },
  },
  'Query.order': { args: ({ standing }) => ({ id: standing.order }) },
  'Query.orders': {},
  'Subscription.orderStatusChanged': { args: ({ standing }) => ({ orderId: standing.order }) },
  'Subscription.myOrdersChanged': {},
  'Mutation.cancelOrder': { args: async (world) => ({ id: await world.addOrder('CREATED') }) },
  'Mutation.cancelOrder/PRODUCTION': { args: async (world) => ({ id: await world.addOrder('PRODUCTION', 'QUEUED') }) },
  'Mutation.completeOrder': { args: async (world) => ({ id: await world.addOrder('SHIPPED', 'READY') }) },

  'Query.factories': {},
  'Query.factory': { args: ({ workplaces }) => ({ id: workplaces.own }) },
  'Mutation.upsertFactory': {
    args: () => ({
      input: {
        name: 'A factory',
        location: 'Tver',
        specializations: ['STANDEE'],
        capacity: 1,
        leadTimeDays: 5,
        serviceLevel: 1,
        contactEmail: 'factory@example.com',
        isActive: false,
      },
    }),
  },
  'Mutation.rotateFactoryWebhookSecret': { args: async ({ prisma }) => ({ factoryId: await addFactory(prisma) }) },
  // Not a PAID one: those are assigned by themselves as soon as a place is free.
  'Mutation.assignFactory': {
    args: async (world) => ({
      orderId: await world.addOrder('PRODUCTION', 'FAILED'),
      factoryId: world.workplaces.foreign,
    }),
  },
  'Mutation.advanceProduction': {
    args: async (world) => ({ orderId: await world.addOrder('PRODUCTION', 'QUEUED'), stage: 'IN_PROGRESS' }),
  },
  'Mutation.setProductionDeadline': {
    args: async (world) => ({
      orderId: await world.addOrder('PRODUCTION', 'QUEUED'),
      deadline: new Date(Date.now() + 864e5).toISOString(),
    }),
  },
  'Mutation.shipOrder': { args: async (world) => ({ orderId: await world.addOrder('PRODUCTION', 'READY') }) },

  'Mutation.payOrder': { args: async (world) => ({ input: { orderId: await world.addOrder('CREATED') } }) },
  'Query.payment': { args: ({ standing }) => ({ id: standing.payment }) },
  'Mutation.cancelPayment': {
    args: async (world) => ({ id: await world.addPayment(await world.addOrder('CREATED')) }),
  },
  'Mutation.subscribeToPlan': { args: () => ({ tier: 'PRO' }) },
  'Mutation.cancelPlan': {
    args: async (world, { id }) => {
      await world.givePlan(id)
      return {}
    },
  },
  'Mutation.deposit': { args: () => ({ input: { amount: 100_000 } }) },
  'Mutation.refundPayment': { args: async (world) => ({ id: await world.addPaidPayment() }) },
  'Query.admin': {},
  'Mutation.retryWebhookDelivery': { args: async (world) => ({ id: await world.addDelivery() }) },

  'Mutation.sendMessage': { args: ({ standing }) => ({ input: { orderId: standing.order, body: 'Hello' } }) },
  'Mutation.editMessage': { args: async (world) => ({ id: await world.addMessage(), body: 'Hello again' }) },
  'Mutation.deleteMessage': { args: async (world) => ({ id: await world.addMessage() }) },
  'Mutation.markChatRead': { args: ({ standing }) => ({ orderId: standing.order, upTo: standing.chatStart }) },
  'Mutation.setTyping': { args: ({ standing }) => ({ orderId: standing.order, isTyping: true }) },
  'Subscription.chatTyping': { args: ({ standing }) => ({ orderId: standing.order }) },
  'Subscription.chatMessageAdded': { args: ({ standing }) => ({ orderId: standing.order }) },

  'Subscription.notificationAdded': {},
  'Mutation.markNotificationsRead': {},
  'Mutation.markNotificationsRead/id': { args: async (world) => ({ ids: [await world.addNotification()] }) },
  'Mutation.archiveNotification': { args: async (world) => ({ id: await world.addNotification() }) },
  'Mutation.setNotificationPreferences': { args: () => ({ input: { email: ['ORDER'], telegram: [] } }) },

  'Mutation.reviewOrder': { args: async (world) => ({ orderId: await world.addOrder('COMPLETED'), rating: 5 }) },
  'Mutation.replyToReview': { args: async (world) => ({ id: await world.addReview(), reply: 'Thank you' }) },
}
