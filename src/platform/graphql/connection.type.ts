import { Max, Min } from 'class-validator'
import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql'
import type { Page } from '../database/page.js'
import { Cursor } from './scalars.js'

@ObjectType({ description: 'Where a page lies in its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more after `endCursor`.' })
  hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether there is more before `startCursor`.' })
  hasPreviousPage!: boolean

  @Field(() => Cursor, { nullable: true, description: 'Null on an empty page.' })
  startCursor!: string | null

  @Field(() => Cursor, { nullable: true, description: 'Pass it as `after` for the next page. Null on an empty page.' })
  endCursor!: string | null
}

@ArgsType()
export class ForwardPageArgs {
  @Field(() => Int, { nullable: true, description: 'How many to return, 0 to 100; 20 when absent.' })
  @Min(0, { message: 'must be between 0 and 100' })
  @Max(100, { message: 'must be between 0 and 100' })
  first?: number

  @Field(() => Cursor, { nullable: true, description: 'Return what follows this cursor.' })
  after?: string
}

@ArgsType()
export class PageArgs extends ForwardPageArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'How many to return from the end, 0 to 100. Not together with `first`.',
  })
  @Min(0, { message: 'must be between 0 and 100' })
  @Max(100, { message: 'must be between 0 and 100' })
  last?: number

  @Field(() => Cursor, { nullable: true, description: 'Return what precedes this cursor.' })
  before?: string
}

/** The Relay connection type of an object type: `class OrderConnection extends connectionOf(Order, 'Order') {}`. */
export function connectionOf<Node extends object>(node: ClassType<Node>, name: string): ClassType<Page<Node>> {
  @ObjectType(`${name}Edge`, { description: `One ${name} in a list.`, simpleResolvers: true })
  class Edge {
    @Field(() => node, { description: 'The thing itself.' })
    node!: Node

    @Field(() => Cursor, { description: 'Its place in this list.' })
    cursor!: string
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.`, simpleResolvers: true })
  class Connection {
    @Field(() => [Edge], { description: 'The page with a cursor for each entry.' })
    edges!: Edge[]

    @Field(() => [node], { description: 'The page without cursors.' })
    nodes!: Node[]

    @Field(() => PageInfo, { description: 'Whether and where there is more.' })
    pageInfo!: PageInfo

    @Field(() => Int, { description: 'How many the whole list has. Counted only when asked for.' })
    totalCount!: number
  }
  return Connection as unknown as ClassType<Page<Node>>
}
