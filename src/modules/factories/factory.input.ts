import { ArrayMinSize, ArrayUnique, IsIn, Max, Min } from 'class-validator'
import { Field, InputType, Int } from 'type-graphql'
import { EmailAddress, URLScalar } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'
import { ProductType } from '../marketplace/index.js'

const MAX_CAPACITY = 10_000
const MAX_LEAD_DAYS = 365
const BEST_LEVEL = 5

const between = (max: number) => ({ message: `must be between 1 and ${max}` })

@InputType({ description: 'A factory, whole: what is not said of it is as in a new one, but for `webhookUrl`.' })
export class FactoryInput {
  @Field(() => String, { description: 'Its trade name, 1 to 100 characters.' })
  @Text({ max: 100 })
  name!: string

  @Field(() => String, { description: 'City and region, for people, 1 to 200 characters.' })
  @Text({ max: 200 })
  location!: string

  @Field(() => [ProductType], { description: 'What it prints: at least one, each once, and not DIGITAL.' })
  @ArrayMinSize(1, { message: 'must name at least one product type' })
  @ArrayUnique({ message: 'must name each product type once' })
  @IsIn(['BANNER', 'STANDEE', 'BILLBOARD'], { each: true, message: 'must be product types that are printed' })
  specializations!: ProductType[]

  @Field(() => Int, {
    description: 'How many orders it works on at once, 1 to 10000. CONFLICT when it works on more now.',
  })
  @Min(1, between(MAX_CAPACITY))
  @Max(MAX_CAPACITY, between(MAX_CAPACITY))
  capacity!: number

  @Field(() => Int, {
    description: 'Days from assignment to the production deadline, 1 to 365. Orders that are there keep theirs.',
  })
  @Min(1, between(MAX_LEAD_DAYS))
  @Max(MAX_LEAD_DAYS, between(MAX_LEAD_DAYS))
  leadTimeDays!: number

  @Field(() => Int, { description: '1 to 5, higher is better.' })
  @Min(1, between(BEST_LEVEL))
  @Max(BEST_LEVEL, between(BEST_LEVEL))
  serviceLevel!: number

  @Field(() => EmailAddress, { description: 'Where people of the factory are reached.' })
  contactEmail!: string

  @Field(() => URLScalar, {
    nullable: true,
    description:
      'Where it is called, as Standard Webhooks says, when something happens to its orders. It must be https, without a user name or password, and its host must lead to the public internet: each else is BAD_USER_INPUT. Absent: stays as it is. Null: it is not called any more. Giving one also switches an endpoint on again that answered 410. `rotateFactoryWebhookSecret` gives the secret to verify calls with.',
  })
  webhookUrl?: string | null

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether it takes new orders. Those that are there stay.',
  })
  isActive!: boolean
}
