import { ArrayMaxSize, Max, Min } from 'class-validator'
import { Field, InputType, Int } from 'type-graphql'
import { Text } from '../../platform/graphql/text-rule.js'
import { ColorProfile } from './color-profile.js'

const MIN_SIDE_MM = 10
const MAX_SIDE_MM = 20_000
const MAX_ELEMENTS = 50

const sideMessage = { message: `must be between ${MIN_SIDE_MM} and ${MAX_SIDE_MM}` }

@InputType({ description: 'How a piece is to be printed.' })
export class PrintSpecsInput {
  @Field(() => Int, { description: 'Width of the finished piece in millimetres, 10 to 20000.' })
  @Min(MIN_SIDE_MM, sideMessage)
  @Max(MAX_SIDE_MM, sideMessage)
  widthMm!: number

  @Field(() => Int, { description: 'Height of the finished piece in millimetres, 10 to 20000.' })
  @Min(MIN_SIDE_MM, sideMessage)
  @Max(MAX_SIDE_MM, sideMessage)
  heightMm!: number

  @Field(() => String, { description: 'What to print on, 1 to 100 characters.' })
  @Text({ max: 100 })
  material!: string

  @Field(() => String, {
    nullable: true,
    description: 'Lamination, varnish or edging, 1 to 100 characters; absent for none.',
  })
  @Text({ max: 100 })
  finish?: string | null

  @Field(() => ColorProfile, { defaultValue: ColorProfile.CMYK, description: 'The colours to print from.' })
  colorProfile!: ColorProfile

  @Field(() => [String], {
    defaultValue: [],
    description:
      'Design elements beside the picture, up to 50 of 1 to 200 characters each. Their number sets the price of a generated design.',
  })
  @ArrayMaxSize(MAX_ELEMENTS, { message: `must be at most ${MAX_ELEMENTS}` })
  @Text({ max: 200 })
  elements!: string[]
}
