import { Field, Int, ObjectType } from 'type-graphql'
import { ProductType } from '../marketplace/index.js'

@ObjectType({ description: 'A usual size.', simpleResolvers: true })
export class PrintSize {
  @Field(() => String, { description: 'As people call it.' })
  name!: string

  @Field(() => Int, { description: 'In millimetres.' })
  widthMm!: number

  @Field(() => Int, { description: 'In millimetres.' })
  heightMm!: number
}

@ObjectType({
  description:
    'What to offer a customer for `PrintSpecsInput`. Other sizes and materials may be ordered. Empty lists for DIGITAL.',
  simpleResolvers: true,
})
export class PrintOptions {
  @Field(() => ProductType, { description: 'What the options are for.' })
  productType!: ProductType

  @Field(() => [PrintSize], { description: 'Usual sizes, smallest first.' })
  sizes!: PrintSize[]

  @Field(() => [String], { description: 'Usual materials; the first is the most common.' })
  materials!: string[]

  @Field(() => [String], { description: 'Usual finishes; none is always possible.' })
  finishes!: string[]
}
