import 'reflect-metadata'
import { execute, type GraphQLSchema, parse } from 'graphql'
import { buildSchemaSync, Mutation, Query, Resolver } from 'type-graphql'
import { describe, expect, test } from 'vitest'
import { type Viewer, visitor } from '../../src/kernel/viewer.js'
import { guardSchema, unmarkedRootFields } from '../../src/platform/graphql/guard.js'
import { Can, Open } from '../../src/platform/graphql/marks.js'

@Resolver()
class MarkedResolver {
  @Query(() => String)
  @Open()
  openThing(): string {
    return 'open'
  }

  @Query(() => String, { nullable: true })
  @Can('order.create')
  guardedThing(): string {
    return 'guarded'
  }
}

@Resolver()
class ForgottenResolver {
  @Mutation(() => String)
  forgottenThing(): string {
    return 'for everybody?'
  }
}

const schemaOf = (...resolvers: [never, ...never[]]): GraphQLSchema => buildSchemaSync({ resolvers, validate: false })

const ask = (schema: GraphQLSchema, query: string, viewer: Viewer) =>
  execute({ schema, document: parse(query), contextValue: { viewer } })

describe('a schema', () => {
  test('with a root field that nobody decided about is not served', () => {
    const schema = schemaOf(MarkedResolver as never, ForgottenResolver as never)

    expect(unmarkedRootFields(schema)).toEqual(['Mutation.forgottenThing'])
    expect(() => guardSchema(schema)).toThrow('root fields without a permission mark: Mutation.forgottenThing')
  })

  test('with a mark on every root field is served, each field to whom it is for', async () => {
    const schema = guardSchema(schemaOf(MarkedResolver as never))
    const { data, errors } = await ask(schema, '{ openThing guardedThing }', visitor)

    expect(data).toEqual({ openThing: 'open', guardedThing: null })
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})
