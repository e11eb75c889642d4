import { ArrayMaxSize } from 'class-validator'
import { ArgsType, Field } from 'type-graphql'
import { ForwardPageArgs } from '../../platform/graphql/connection.type.js'
import { PaymentStatus } from './payment.enums.js'

@ArgsType()
export class PaymentsArgs extends ForwardPageArgs {
  @Field(() => [PaymentStatus], { nullable: true, description: 'Only these; all when absent or empty.' })
  @ArrayMaxSize(10, { message: 'must have at most 10 entries' })
  status?: PaymentStatus[] | null
}
