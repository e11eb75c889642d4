import { InputType } from 'type-graphql'
import { OrderTermsInput } from '../order-terms.input.js'

@InputType({ description: 'How to order what is in the cart.' })
export class CheckoutCartInput extends OrderTermsInput {}
