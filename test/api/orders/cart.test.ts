import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { type CartView, CLEAR_CART, openCartDesk, SEE_CART, SET_LINE, Shopper } from './cart-desk.js'
import { print } from './order-desk.js'

const { desk, enter } = await openCartDesk()
const { prisma } = desk
const reprice = (id: string, priceAmount: bigint) =>
  prisma.marketplaceItem.update({ where: { id }, data: { priceAmount } })
const withdraw = (id: string) => prisma.marketplaceItem.update({ where: { id }, data: { status: 'ARCHIVED' } })

describe('a cart', () => {
  it('is there and empty before anything is put in', async () => {
    const shopper = await enter()
    const cart = await shopper.see()
    expect(cart).toMatchObject({ id: shopper.id, lines: [], itemCount: 0, subtotal: { amount: 0, currency: 'RUB' } })
    expect(await prisma.cart.count({ where: { userId: shopper.id } })).toBe(0)
    expect(Date.parse(cart.updatedAt)).not.toBeNaN()
  })

  it('shows what was put in, in that order, with its sums', async () => {
    const shopper = await enter()
    const [banner, file] = [await desk.addItem(), await desk.addItem({ productType: 'DIGITAL', priceAmount: 30_001n })]
    const before = await shopper.see()
    await shopper.set(banner, 2, print)
    const cart = await shopper.set(file, 10)
    expect(cart).toMatchObject({
      id: before.id,
      itemCount: 12,
      subtotal: { amount: 500_010, currency: 'RUB' },
      lines: [
        {
          item: { id: banner, title: 'A banner' },
          quantity: 2,
          unitPrice: { amount: 100_000 },
          total: { amount: 200_000 },
          isAvailable: true,
          priceChanged: false,
          print: { ...print, colorProfile: 'CMYK' },
        },
        { item: { id: file }, quantity: 10, total: { amount: 300_010 }, print: null },
      ],
    })
    expect(Date.parse(cart.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt))
    expect(await shopper.see()).toEqual(cart)
  })

  it('has an item once: setting it again changes its number, and keeps its specs unless others are given', async () => {
    const shopper = await enter()
    const [itemId, other] = [await desk.addItem(), await desk.addItem()]
    const [first] = (await shopper.set(itemId, 1, print)).lines
    await shopper.set(other, 1)
    expect((await shopper.set(itemId, 3)).lines).toMatchObject([
      { id: first?.id, quantity: 3, print: { widthMm: 1_000 } },
      { item: { id: other } },
    ])
    expect((await shopper.set(itemId, 3, { ...print, widthMm: 2_000 })).lines[0]?.print?.widthMm).toBe(2_000)
  })

  it('loses what is set to 0, even if it was withdrawn or never there, and all of it when it is cleared', async () => {
    const shopper = await enter()
    const [kept, withdrawn] = [await desk.addItem(), await desk.addItem()]
    await shopper.set(kept, 1)
    await shopper.set(withdrawn, 1)
    await withdraw(withdrawn)
    for (const itemId of [withdrawn, withdrawn, newId()])
      expect((await shopper.set(itemId, 0)).lines.map(({ item }) => item.id)).toEqual([kept])
    for (let n = 0; n < 2; n++)
      expect(await shopper.client.get(CLEAR_CART)).toMatchObject({ clearCart: { lines: [], itemCount: 0 } })
  })

  it('is its owner’s alone', async () => {
    const [owner, other] = [await enter(), await enter()]
    const itemId = await desk.addItem()
    await owner.set(itemId, 1)
    expect((await other.see()).lines).toEqual([])
    await other.set(itemId, 5)
    await other.client.get(CLEAR_CART)
    expect((await owner.see()).lines).toMatchObject([{ quantity: 1 }])
    expect((await new Shopper(await openAccount(desk.server, 'ADMIN')).see()).lines).toEqual([])
  })

  it('stays a guest’s through upgradeGuest', async () => {
    const { startGuestSession } = await new TestClient(desk.server).get<{
      startGuestSession: { user: { id: string }; token: { accessToken: string } }
    }>('mutation CartGuest { startGuestSession { user { id } token { accessToken } } }')
    const { user, token } = startGuestSession
    const guest = new Shopper({ id: user.id, client: new TestClient(desk.server, token.accessToken) })
    const cart = await guest.set(await desk.addItem(), 4, print)
    const { upgradeGuest } = await guest.client.get<{ upgradeGuest: { token: { accessToken: string } } }>(
      'mutation CartUpgrade($input: RegisterInput!) { upgradeGuest(input: $input) { token { accessToken } } }',
      { input: { email: `${newId()}@example.test`, password: 'Adtime-test-1' } },
    )
    const member = new Shopper({ id: user.id, client: new TestClient(desk.server, upgradeGuest.token.accessToken) })
    expect(await member.see()).toEqual(cart)
  })

  it('goes with its owner’s account', async () => {
    const shopper = await enter()
    await shopper.set(await desk.addItem(), 1)
    // The row of an account that something refers to stays.
    await prisma.auditEntry.create({
      data: { id: newId(), actorId: shopper.id, action: 'test.deed', subjectType: 'User', occurredAt: new Date() },
    })
    await shopper.client.get('mutation LeaveCart($password: String) { deleteAccount(password: $password) }', {
      password: 'Adtime-test-1',
    })
    expect(await prisma.user.count({ where: { id: shopper.id } })).toBe(1)
    expect(await prisma.cart.count({ where: { userId: shopper.id } })).toBe(0)
    expect(await prisma.cartLine.count({ where: { userId: shopper.id } })).toBe(0)
  })
})

describe('a line', () => {
  it('shows the price of now and that it changed, until it is set again or the price is back', async () => {
    const shopper = await enter()
    const itemId = await desk.addItem()
    await shopper.set(itemId, 2)
    await reprice(itemId, 150_000n)
    const changed = { priceChanged: true, unitPrice: { amount: 150_000 }, total: { amount: 300_000 } }
    expect(await shopper.see()).toMatchObject({ subtotal: { amount: 300_000 }, lines: [changed] })
    expect((await shopper.set(itemId, 2)).lines).toMatchObject([{ ...changed, priceChanged: false }])
    await reprice(itemId, 100_000n)
    expect((await shopper.see()).lines).toMatchObject([{ priceChanged: true }])
    await reprice(itemId, 150_000n)
    expect((await shopper.see()).lines).toMatchObject([{ priceChanged: false }])
  })

  it.each(['DRAFT', 'PENDING_REVIEW', 'REJECTED', 'ARCHIVED'] as const)(
    'of an item that became %s is not available',
    async (status) => {
      const shopper = await enter()
      const itemId = await desk.addItem()
      await shopper.set(itemId, 1)
      await prisma.marketplaceItem.update({ where: { id: itemId }, data: { status } })
      expect((await shopper.see()).lines).toMatchObject([{ isAvailable: false, item: { id: itemId, status } }])
      const { errors } = await shopper.client.ask(SET_LINE, { itemId, quantity: 2 })
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'itemId' }] })
      expect((await shopper.see()).lines).toMatchObject([{ quantity: 1 }])
    },
  )
})

describe('setCartLine names the path of', () => {
  const wrong = async (shopper: Shopper, args: Record<string, unknown>) => {
    const { errors } = await shopper.client.ask(SET_LINE, { quantity: 1, ...args })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    return errors[0]?.extensions.fields?.map(({ path }) => path).sort()
  }

  it('an item that is unknown, unpublished or priced in another currency', async () => {
    const shopper = await enter()
    for (const itemId of [newId(), await desk.addItem({ status: 'DRAFT' }), await desk.addItem({ currency: 'USD' })])
      expect(await wrong(shopper, { itemId })).toEqual(['itemId'])
    expect(await prisma.cart.count({ where: { userId: shopper.id } })).toBe(0)
  })

  it('numbers and specs out of bounds, together', async () => {
    const shopper = await enter()
    const itemId = await desk.addItem()
    for (const quantity of [-1, 11]) expect(await wrong(shopper, { itemId, quantity })).toEqual(['quantity'])
    const specs = { ...print, heightMm: 0, material: ' ' }
    expect(await wrong(shopper, { itemId, quantity: 11, print: specs })).toEqual([
      'print.heightMm',
      'print.material',
      'quantity',
    ])
  })

  it('the item that would be the 51st, however many are put in at the same moment', async () => {
    const shopper = await enter()
    const ids: string[] = []
    for (let n = 0; n < 54; n++) ids.push(await desk.addItem())
    await prisma.cart.create({
      data: {
        userId: shopper.id,
        updatedAt: new Date(),
        lines: {
          create: ids.slice(0, 48).map((itemId) => ({ id: newId(), itemId, quantity: 1, unitAmount: 100_000n })),
        },
      },
    })
    const codes = await Promise.all(
      ids.slice(48).map((itemId) => shopper.client.codeOf(SET_LINE, { itemId, quantity: 1 })),
    )
    expect(codes.sort()).toEqual([...Array<string>(4).fill('BAD_USER_INPUT'), 'ok', 'ok'])
    expect((await shopper.see()).lines).toHaveLength(50)
    expect(await shopper.client.codeOf(SET_LINE, { itemId: ids[0], quantity: 2 })).toBe('ok')
  })
})

it('one item set by twenty calls at the same moment is one line', async () => {
  const shopper = await enter()
  const itemId = await desk.addItem()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => shopper.set(itemId, (n % 10) + 1)))
  const { lines } = await shopper.see()
  expect(lines).toHaveLength(1)
  expect(new Set(answers.flatMap((cart: CartView) => cart.lines.map(({ id }) => id)))).toEqual(new Set([lines[0]?.id]))
})

it('a cart is one statement, however many lines it has', async () => {
  const shopper = await enter()
  const deep = `query DeepCart { cart {
    id itemCount subtotal { amount } updatedAt
    lines { id quantity unitPrice { amount } total { formatted } isAvailable priceChanged print { widthMm }
      item { id title price { amount } designer { displayName } previews { url } reviews(first: 1) { nodes { rating } } } }
  } }`
  for (let n = 0; n < 5; n++) await shopper.set(await desk.addItem(), 1)
  await shopper.client.get(deep)
  expect(await desk.server.statements.during(() => shopper.client.get(deep))).toHaveLength(1)
  expect(await desk.server.statements.during(() => shopper.client.get(SEE_CART))).toHaveLength(1)
})
