import { many, one, Shape, value } from '../../../platform/database/shape.js'
import { itemShape } from '../../marketplace/index.js'

// Carts hold what is priced in roubles: see cart-filling.
const roubles = (amount: string): string => `json_build_object('amount', ${amount}, 'currency', 'RUB')`

/** Read with its item as `${row}i`. */
const cartLineShape = new Shape('cart_lines', ['id'], {
  id: value('id'),
  item: one(
    () => itemShape,
    (line, item) => `${item}.id = ${line}.item_id`,
  ),
  quantity: value('quantity'),
  unitPrice: value((line) => roubles(`${line}i.price_amount`)),
  total: value((line) => roubles(`${line}i.price_amount * ${line}.quantity`)),
  isAvailable: value((line) => `${line}i.status = 'PUBLISHED'`),
  priceChanged: value((line) => `${line}i.price_amount <> ${line}.unit_amount`),
  print: value('print'),
})

const ofLines = (cart: string, sum: string): string =>
  `(select ${sum} from cart_lines l join marketplace_items i on i.id = l.item_id where l.user_id = ${cart}.id)`

/** Everybody has a cart; a row of `carts` only who has put something in. */
export const cartShape = new Shape(
  '(select u.id, coalesce(c.updated_at, u.created_at) as updated_at from users u left join carts c on c.user_id = u.id)',
  ['id'],
  {
    id: value('id'),
    lines: many(
      () => cartLineShape,
      'cart_lines $ join marketplace_items $i on $i.id = $.item_id',
      (cart, line) => `${line}.user_id = ${cart}.id`,
      (line) => `${line}.id`,
    ),
    subtotal: value((cart) => ofLines(cart, roubles('coalesce(sum(i.price_amount * l.quantity), 0)'))),
    itemCount: value((cart) => ofLines(cart, 'coalesce(sum(l.quantity), 0)')),
    updatedAt: value('updated_at'),
  },
)
