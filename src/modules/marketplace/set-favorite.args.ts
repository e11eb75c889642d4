import { ArgsType, Field } from 'type-graphql'
import { UUID } from '../../platform/graphql/scalars.js'

@ArgsType()
export class SetFavoriteArgs {
  @Field(() => UUID, { description: 'A design that the viewer may see.' })
  itemId!: string

  @Field(() => Boolean, { description: 'True keeps it among the favorites, false takes it out.' })
  favorite!: boolean
}
