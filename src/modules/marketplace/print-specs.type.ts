import { Field, Int, ObjectType } from 'type-graphql'
import { ColorProfile } from './color-profile.js'

@ObjectType({ description: 'How a piece is to be printed.', simpleResolvers: true })
export class PrintSpecs {
  @Field(() => Int, { description: 'Width of the finished piece, in millimetres.' })
  widthMm!: number

  @Field(() => Int, { description: 'Height of the finished piece, in millimetres.' })
  heightMm!: number

  @Field(() => String, { description: 'What it is printed on.' })
  material!: string

  @Field(() => String, { nullable: true, description: 'Lamination, varnish or edging; null for none.' })
  finish!: string | null

  @Field(() => ColorProfile, { description: 'The colours it is printed from.' })
  colorProfile!: ColorProfile

  @Field(() => [String], {
    description:
      'Design elements beside the picture (logo, slogan, contacts). Their number sets the price of a generated design.',
  })
  elements!: string[]
}
