import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { addAsset } from '../../testkit/shop-rows.js'
import { drawn } from '../generations/drawing.js'
import { CANCEL, PAY, SHIP } from '../orders/operations.js'
import { address, openOrderDesk, print } from '../orders/order-desk.js'
import { DELETE_ACCOUNT } from './operations.js'

const desk = await openOrderDesk()
const { server, prisma } = desk
const factoryId = await desk.addFactory({ capacity: 100 })
const factory = await desk.staffOf(factoryId)
const manager = await openAccount(server, 'MANAGER')

const PASSWORD = 'Adtime-test-1'
const leave = ({ client }: TestAccount) => client.ask(DELETE_ACCOUNT, { password: PASSWORD })
const leaves = async (account: TestAccount) => (await leave(account)).errors[0]?.extensions.code ?? 'ok'

const SEEN = /* GraphQL */ `
  query SeenByTheOthers($id: UUID!) {
    order(id: $id) {
      status note deliveryAddress { recipient } cancellationReason
      customer { id displayName email phone isGuest avatar { id } }
      lines { title item { status designer { displayName } } generation { prompt images { url } } files { url } }
      history { type toStatus actor { displayName } }
      messages(first: 10) { nodes { body sender { displayName avatar { id } } attachments { url } } }
      review { rating comment author { displayName } }
      payments { status amount { amount } }
    }
  }`

interface Seen {
  readonly order: {
    readonly status: string
    readonly note: string | null
    readonly deliveryAddress: object | null
    readonly customer: { readonly id: string; readonly displayName: string }
    readonly lines: readonly {
      readonly generation: { readonly images: readonly { readonly url: string }[] } | null
      readonly item: { readonly status: string; readonly designer: { readonly displayName: string } } | null
    }[]
    readonly messages: { readonly nodes: readonly { readonly body: string; readonly sender: object }[] }
    readonly review: { readonly author: object; readonly comment: string } | null
    readonly payments: readonly object[]
  }
}

const see = async ({ client }: TestAccount, id: string) => (await client.get<Seen>(SEEN, { id })).order
const statusOf = async (url: string) => {
  const answer = await fetch(url)
  await answer.arrayBuffer()
  return answer.status
}

/** Everything but the number of lines of an account that was never overdrawn and a sum that is zero. */
const unsoundLedger = () => prisma.$queryRaw<unknown[]>`
  select l.transaction_id::text from ledger_lines l group by 1 having sum(l.amount) <> 0
  union all
  select id::text from (select id, balance_after, sum(amount) over (partition by account_id order by id) as running from ledger_lines) line
  where balance_after <> running
  union all
  select id::text from ledger_accounts where kind in ('CUSTOMER_BALANCE', 'CUSTOMER_RECEIVABLE', 'DESIGNER_PAYABLE') and owner_id is null`

afterEach(async () => expect(await unsoundLedger()).toEqual([]))

/** An order that went all the way: drawn, paid, printed, shipped, received, talked about and reviewed. */
async function finishedOrder(customer: TestAccount, lines: readonly object[]): Promise<string> {
  const { id } = await desk.place({ lines, note: 'Второй подъезд' }, customer)
  await desk.pay(id, 'pay', customer)
  const assigned = await untilStatus(id, 'PRODUCTION')
  await prisma.order.update({ where: { id: assigned }, data: { productionStage: 'READY' } })
  await factory.client.get(SHIP, { orderId: id, trackingNumber: 'RB1' })
  await customer.client.get('mutation Receive($id: UUID!) { completeOrder(id: $id) { id } }', { id })
  return id
}

async function untilStatus(id: string, status: string): Promise<string> {
  const current = async () => (await prisma.order.findUniqueOrThrow({ where: { id } })).status
  await expect.poll(current, { timeout: 10_000 }).toBe(status)
  return id
}

const banner = (generationId: string) => ({
  generationId,
  productType: 'BANNER',
  print: { ...print, elements: ['logo'] },
})

describe('a customer who left', () => {
  it('is nobody in the orders that the others still read, and takes the rest along', { timeout: 60_000 }, async () => {
    const anna = await openAccount(server, 'USER', { displayName: 'Анна' })
    const [ordered, unused] = [await drawn(anna.client), await drawn(anna.client)]
    const itemId = await desk.addItem()
    const orderId = await finishedOrder(anna, [banner(ordered.id), { itemId, print }])
    const photo = await addAsset(prisma, anna.id)
    await anna.client.get(
      'mutation Opinion($orderId: UUID!) { reviewOrder(orderId: $orderId, rating: 5, comment: "Отлично") { id } }',
      { orderId },
    )
    await anna.client.get('mutation Word($input: SendMessageInput!) { sendMessage(input: $input) { id } }', {
      input: { orderId, body: 'Спасибо!', attachmentIds: [photo] },
    })
    await anna.client.get('mutation Like($id: UUID!) { setFavorite(itemId: $id, favorite: true) { id } }', {
      id: itemId,
    })
    await prisma.user.update({ where: { id: anna.id }, data: { avatarId: unused.images[0]?.id ?? '' } })

    expect(await leaves(anna)).toBe('ok')

    const nobody = { displayName: 'Удалённый аккаунт' }
    for (const other of [factory, desk.designer, manager]) {
      const seen = await see(other, orderId)
      expect(seen).toMatchObject({ status: 'COMPLETED', note: null, deliveryAddress: null })
      expect(seen.customer).toMatchObject({ ...nobody, id: anna.id, email: null, phone: null, avatar: null })
      expect(seen.messages.nodes.filter(({ sender }) => sender !== null)).toMatchObject([
        { body: 'Спасибо!', sender: { ...nobody, avatar: null }, attachments: [{ url: expect.any(String) }] },
      ])
      expect(seen.review).toMatchObject({ rating: 5, comment: 'Отлично', author: nobody })
    }
    const seen = await see(manager, orderId)
    expect(seen.payments).toEqual([{ status: 'SUCCEEDED', amount: { amount: expect.any(Number) } }])
    expect(await statusOf(seen.lines[0]?.generation?.images[0]?.url ?? '')).toBe(200)

    // What was hers alone is gone, files too, those by a job.
    expect(await prisma.generation.findMany({ where: { ownerId: anna.id }, select: { id: true } })).toEqual([
      { id: ordered.id },
    ])
    expect(await prisma.asset.findMany({ where: { ownerId: anna.id }, select: { id: true } })).toHaveLength(2)
    await expect.poll(() => statusOf(unused.images[0]?.url ?? ''), { timeout: 10_000 }).toBe(404)
    const byUser = { where: { userId: anna.id } }
    expect(await prisma.favorite.count(byUser)).toBe(0)
    expect(await prisma.chatRead.count(byUser)).toBe(0)
    expect(await prisma.planSubscription.count(byUser)).toBe(0)
  })

  it('has nothing of theirs left in attempts to pay that are over', async () => {
    const boris = await openAccount(server)
    const { id } = await desk.place({ lines: [{ itemId: await desk.addItem({ productType: 'DIGITAL' }) }] }, boris)
    await desk.pay(id, 'pay', boris)
    await untilStatus(id, 'COMPLETED')
    await prisma.payment.updateMany({
      where: { referenceId: id },
      data: { savedMethodId: 'card', returnUrl: 'https://a.test' },
    })
    const before = await prisma.payment.findFirstOrThrow({ where: { referenceId: id } })
    expect(await leaves(boris)).toBe('ok')
    const after = await prisma.payment.findFirstOrThrow({ where: { referenceId: id } })
    expect(after).toMatchObject({ status: 'SUCCEEDED', amount: before.amount, savedMethodId: null, returnUrl: null })
    expect(after.receipt).toMatchObject({ customer: { email: null, phone: null }, items: [{}] })
    expect(JSON.stringify(before.receipt)).toContain('@example.test')
  })

  it('has unpaid orders cancelled, by the way that every order is', async () => {
    const boris = await openAccount(server)
    const { id } = await desk.place({}, boris)
    await boris.client.get(PAY, { input: { orderId: id } })
    expect(await leaves(boris)).toBe('ok')
    const seen = await see(manager, id)
    expect(seen).toMatchObject({
      status: 'CANCELLED',
      deliveryAddress: null,
      cancellationReason: expect.stringContaining('deleted'),
      payments: [{ status: 'CANCELED' }],
      history: [
        { type: 'CREATED', actor: { displayName: 'Удалённый аккаунт' } },
        { type: 'STATUS_CHANGED', toStatus: 'CANCELLED', actor: null },
      ],
    })
  })

  it('and paid at that very moment gets the money back', async () => {
    const boris = await openAccount(server)
    const { id } = await desk.place({}, boris)
    const { payOrder } = await boris.client.get<{ payOrder: { confirmationUrl: string } }>(PAY, {
      input: { orderId: id },
    })
    const [answer] = await Promise.all([leaves(boris), desk.checkout(payOrder.confirmationUrl).catch(() => undefined)])
    if (answer === 'ok') {
      expect((await see(manager, id)).status).toBe('CANCELLED')
      const kept = async () => {
        const [{ sum } = { sum: 0n }] = await prisma.$queryRaw<{ sum: bigint }[]>`
          select coalesce(sum(amount - refunded_amount) filter (where paid_at is not null), 0)::bigint as sum
          from payments where user_id = ${boris.id}::uuid`
        return sum
      }
      await expect.poll(kept, { timeout: 10_000 }).toBe(0n)
    } else {
      expect(answer).toBe('CONFLICT')
      expect((await see(manager, id)).customer.displayName).not.toBe('Удалённый аккаунт')
    }
  })
})

describe('nobody leaves', () => {
  it.each(['PAID', 'PRODUCTION', 'SHIPPED'] as const)('while an order of theirs is %s', async (status) => {
    const boris = await openAccount(server)
    const { id, number } = await desk.place({}, boris)
    await prisma.order.update({ where: { id }, data: { status } })
    const { errors } = await leave(boris)
    expect(errors[0]).toMatchObject({ extensions: { code: 'CONFLICT' }, message: expect.stringContaining(number) })
    expect(await see(boris, id)).toMatchObject({ status, deliveryAddress: { recipient: address.recipient } })
    await prisma.order.update({ where: { id }, data: { status: 'COMPLETED' } })
    expect(await leaves(boris)).toBe('ok')
  })

  it('while another order is under way, and then nothing at all has changed', async () => {
    const boris = await openAccount(server)
    const unpaid = await desk.place({}, boris)
    const paid = await desk.place({}, boris)
    await prisma.order.update({ where: { id: paid.id }, data: { status: 'PAID' } })
    const generation = await desk.addGeneration(boris.id)
    expect(await leaves(boris)).toBe('CONFLICT')
    expect((await see(boris, unpaid.id)).status).toBe('CREATED')
    expect(await prisma.generation.count({ where: { id: generation } })).toBe(1)
  })

  it('while there is money on the account', async () => {
    const boris = await openAccount(server)
    await book(boris.id, 1n)
    expect((await leave(boris)).errors[0]).toMatchObject({
      extensions: { code: 'CONFLICT' },
      message: expect.stringContaining('money'),
    })
    await book(boris.id, -1n)
    expect(await leaves(boris)).toBe('ok')
    expect(await prisma.ledgerAccount.count({ where: { ownerId: boris.id } })).toBe(1)
  })

  it('while a refund is on its way, and everybody once it has arrived', async () => {
    const boris = await openAccount(server)
    await desk.closeFactories()
    const { id } = await desk.place({}, boris)
    await desk.pay(id, 'pay', boris)
    await untilStatus(id, 'PAID')
    const release = await holdRefunds()
    await boris.client.get(CANCEL, { id })
    expect((await leave(boris)).errors[0]).toMatchObject({ message: expect.stringContaining('refund') })
    await release()
    await expect
      .poll(() => prisma.refund.count({ where: { status: 'SUCCEEDED', payment: { userId: boris.id } } }), {
        timeout: 10_000,
      })
      .toBe(1)
    expect(await leaves(boris)).toBe('ok')
    await prisma.factory.update({ where: { id: factoryId }, data: { isActive: true } })
  })
})

describe('a designer who left', () => {
  it('has sold what was sold; drafts are gone and the rest is archived', async () => {
    const olga = await openAccount(server, 'DESIGNER', { displayName: 'Ольга' })
    const statuses = ['DRAFT', 'PENDING_REVIEW', 'REJECTED', 'PUBLISHED', 'ARCHIVED'] as const
    const ids = []
    for (const status of statuses) ids.push(await desk.addItem({ designerId: olga.id, status }))
    const sold = await desk.addItem({ designerId: olga.id })
    const file = await addAsset(prisma, olga.id)
    const preview = await addAsset(prisma, olga.id)
    await prisma.marketplaceItem.update({
      where: { id: sold },
      data: { sourceFileId: file, previews: { create: { position: 0, assetId: preview } } },
    })
    const draftFile = await addAsset(prisma, olga.id)
    await prisma.marketplaceItem.update({ where: { id: ids[0] ?? '' }, data: { sourceFileId: draftFile } })
    const { id: orderId } = await desk.place({ lines: [{ itemId: sold, print }] })
    await prisma.order.update({ where: { id: orderId }, data: { status: 'SHIPPED' } })
    // Taken back to a draft after it was sold: it stays for those who bought it.
    await prisma.marketplaceItem.update({ where: { id: sold }, data: { status: 'DRAFT' } })
    expect((await leave(olga)).errors[0]).toMatchObject({ message: expect.stringContaining('design of yours') })
    await prisma.order.update({ where: { id: orderId }, data: { status: 'COMPLETED' } })
    expect(await leaves(olga)).toBe('ok')

    const left = await prisma.marketplaceItem.findMany({ where: { designerId: olga.id }, orderBy: { id: 'asc' } })
    expect(left.map(({ id, status }) => [id, status])).toEqual(
      [...ids.slice(3), sold].sort().map((id) => [id, 'ARCHIVED']),
    )
    const assets = await prisma.asset.findMany({ where: { ownerId: olga.id }, select: { id: true } })
    expect(assets.map(({ id }) => id).sort()).toEqual([file, preview].sort())
    const { lines } = await see(desk.customer, orderId)
    expect(lines[0]?.item).toEqual({ status: 'ARCHIVED', designer: { displayName: 'Удалённый аккаунт' } })
  })
})

/** Puts money on a balance, or takes it off, as a sound ledger does. */
async function book(ownerId: string, amount: bigint): Promise<void> {
  const account = async (kind: 'CUSTOMER_BALANCE' | 'REVENUE', owner: string | null) =>
    (await prisma.ledgerAccount.findFirst({ where: { kind, ownerId: owner } })) ??
    (await prisma.ledgerAccount.create({ data: { id: newId(), kind, ownerId: owner, currency: 'RUB' } }))
  const [balance, revenue] = [await account('CUSTOMER_BALANCE', ownerId), await account('REVENUE', null)]
  const head = async (accountId: string) =>
    (await prisma.ledgerLine.findFirst({ where: { accountId }, orderBy: { id: 'desc' } }))?.balanceAfter ?? 0n
  const line = async (accountId: string, change: bigint) => ({
    id: newId(),
    accountId,
    amount: change,
    balanceAfter: (await head(accountId)) + change,
  })
  await prisma.ledgerTransaction.create({
    data: {
      id: newId(),
      kind: 'ADJUSTMENT',
      currency: 'RUB',
      occurredAt: new Date(),
      lines: { create: [await line(balance.id, amount), await line(revenue.id, -amount)] },
    },
  })
}

/** Keeps the provider from giving money back until the returned function is called. */
async function holdRefunds(): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: server.databaseUrl })
  await holder.connect()
  await holder.query('begin; lock table sandbox_refunds in access exclusive mode')
  return () => holder.end()
}
