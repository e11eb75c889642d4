import type { Prisma } from '../../../generated/prisma/client.js'

/** Everything that is written, table by table. */
export interface DemoRows {
  readonly factories: Prisma.FactoryCreateManyInput[]
  readonly users: Prisma.UserCreateManyInput[]
  readonly credentials: Prisma.CredentialCreateManyInput[]
  readonly assets: Prisma.AssetCreateManyInput[]
  readonly planSubscriptions: Prisma.PlanSubscriptionCreateManyInput[]
  readonly generations: Prisma.GenerationCreateManyInput[]
  readonly generationImages: Prisma.GenerationImageCreateManyInput[]
  readonly quotaReservations: Prisma.QuotaReservationCreateManyInput[]
  readonly items: Prisma.MarketplaceItemCreateManyInput[]
  readonly itemPreviews: Prisma.ItemPreviewCreateManyInput[]
  readonly favorites: Prisma.FavoriteCreateManyInput[]
  readonly orders: Prisma.OrderCreateManyInput[]
  readonly orderLines: Prisma.OrderLineCreateManyInput[]
  readonly orderEvents: Prisma.OrderEventCreateManyInput[]
  readonly eventStreams: Prisma.EventStreamCreateManyInput[]
  readonly streamEvents: Prisma.StreamEventCreateManyInput[]
  readonly payments: Prisma.PaymentCreateManyInput[]
  readonly refunds: Prisma.RefundCreateManyInput[]
  readonly saleShares: Prisma.SaleShareCreateManyInput[]
  readonly sandboxPayments: Prisma.SandboxPaymentCreateManyInput[]
  readonly sandboxRefunds: Prisma.SandboxRefundCreateManyInput[]
  readonly ledgerAccounts: Prisma.LedgerAccountCreateManyInput[]
  readonly ledgerTransactions: Prisma.LedgerTransactionCreateManyInput[]
  readonly ledgerLines: Prisma.LedgerLineCreateManyInput[]
  readonly reviews: Prisma.ReviewCreateManyInput[]
  readonly messages: Prisma.ChatMessageCreateManyInput[]
  readonly attachments: Prisma.ChatAttachmentCreateManyInput[]
  readonly chatReads: Prisma.ChatReadCreateManyInput[]
}

export const noRows = (): DemoRows => ({
  factories: [],
  users: [],
  credentials: [],
  assets: [],
  planSubscriptions: [],
  generations: [],
  generationImages: [],
  quotaReservations: [],
  items: [],
  itemPreviews: [],
  favorites: [],
  orders: [],
  orderLines: [],
  orderEvents: [],
  eventStreams: [],
  streamEvents: [],
  payments: [],
  refunds: [],
  saleShares: [],
  sandboxPayments: [],
  sandboxRefunds: [],
  ledgerAccounts: [],
  ledgerTransactions: [],
  ledgerLines: [],
  reviews: [],
  messages: [],
  attachments: [],
  chatReads: [],
})

/** A statement a table, each after those it refers to. */
export async function insertRows(prisma: Prisma.TransactionClient, rows: DemoRows): Promise<void> {
  await prisma.factory.createMany({ data: rows.factories })
  await prisma.user.createMany({ data: rows.users })
  await prisma.credential.createMany({ data: rows.credentials })
  await prisma.asset.createMany({ data: rows.assets })
  await prisma.planSubscription.createMany({ data: rows.planSubscriptions })
  await prisma.generation.createMany({ data: rows.generations })
  await prisma.generationImage.createMany({ data: rows.generationImages })
  await prisma.quotaReservation.createMany({ data: rows.quotaReservations })
  await prisma.marketplaceItem.createMany({ data: rows.items })
  await prisma.itemPreview.createMany({ data: rows.itemPreviews })
  await prisma.favorite.createMany({ data: rows.favorites })
  await prisma.order.createMany({ data: rows.orders })
  await prisma.orderLine.createMany({ data: rows.orderLines })
  await prisma.orderEvent.createMany({ data: rows.orderEvents })
  await prisma.eventStream.createMany({ data: rows.eventStreams })
  await prisma.streamEvent.createMany({ data: rows.streamEvents })
  await prisma.payment.createMany({ data: rows.payments })
  await prisma.refund.createMany({ data: rows.refunds })
  await prisma.saleShare.createMany({ data: rows.saleShares })
  await prisma.sandboxPayment.createMany({ data: rows.sandboxPayments })
  await prisma.sandboxRefund.createMany({ data: rows.sandboxRefunds })
  await prisma.ledgerAccount.createMany({ data: rows.ledgerAccounts })
  await prisma.ledgerTransaction.createMany({ data: rows.ledgerTransactions })
  await prisma.ledgerLine.createMany({ data: rows.ledgerLines })
  await prisma.review.createMany({ data: rows.reviews })
  await prisma.chatMessage.createMany({ data: rows.messages })
  await prisma.chatAttachment.createMany({ data: rows.attachments })
  await prisma.chatRead.createMany({ data: rows.chatReads })
}
