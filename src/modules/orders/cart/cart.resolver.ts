import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can } from '../../../platform/graphql/marks.js'
import { selectionOf } from '../../../platform/graphql/selection-of.js'
import type { OrderQuery } from '../order.query.js'
import { Order } from '../order.type.js'
import type { CartQuery } from './cart.query.js'
import { Cart } from './cart.type.js'
import type { CartCheckout } from './cart-checkout.service.js'
import type { CartFilling } from './cart-filling.service.js'
import { CheckoutCartInput } from './checkout-cart.input.js'
import { SetCartLineArgs } from './set-cart-line.args.js'

interface CartActs {
  readonly carts: CartQuery
  readonly filling: CartFilling
  readonly checkout: CartCheckout
  readonly orders: Pick<OrderQuery, 'byId'>
}

@Resolver(() => Cart)
export class CartResolver {
  constructor(private readonly acts: CartActs) {}

  @Can('cart.manage')
  @Query(() => Cart, {
    description: "The viewer's own, with the prices of now. Before the first `setCartLine` it is there and empty.",
  })
  cart(@Ctx() { viewer }: Context, @Info() info: GraphQLResolveInfo): Promise<Cart> {
    return this.acts.carts.own(viewer, selectionOf(info))
  }

  @Can('cart.manage')
  @Mutation(() => Cart, {
    description:
      "Sets how many of an item the viewer's cart has, and agrees to its price of now. BAD_USER_INPUT when it is not published (any more), or would be the 51st item.",
  })
  async setCartLine(
    @Args(() => SetCartLineArgs) args: SetCartLineArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Cart> {
    await this.acts.filling.set(viewer, args)
    return this.acts.carts.own(viewer, selectionOf(info))
  }

  @Can('cart.manage')
  @Mutation(() => Cart, { description: "Takes everything out of the viewer's cart." })
  async clearCart(@Ctx() { viewer }: Context, @Info() info: GraphQLResolveInfo): Promise<Cart> {
    await this.acts.filling.clear(viewer)
    return this.acts.carts.own(viewer, selectionOf(info))
  }

  @Can('order.create')
  @Mutation(() => Order, {
    description:
      "Places the order that `createOrder` would place with the lines of the viewer's cart, and empties the cart. CONFLICT when a line has another price than when it was set, or is not for sale any more, with `fields` naming those lines as they stand in `cart`: cart.lines.0. BAD_USER_INPUT when the cart is empty, or a line that is not DIGITAL has no print specs: cart.lines.0.print.",
  })
  async checkoutCart(
    @Arg('input', () => CheckoutCartInput, { description: 'Where, until when and how.' }) input: CheckoutCartInput,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Order> {
    return this.acts.orders.byId(viewer, await this.acts.checkout.checkout(viewer, input), selectionOf(info))
  }
}
