import { ApolloArmor } from '@escape.tech/graphql-armor'
import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

const MAX_REPEATS = 20

/** Bounds on what one document may ask for. Wide enough for any screen and for introspection; the rest is QUERY_TOO_COMPLEX. */
const armor = new ApolloArmor({
  maxDepth: { n: 20, ignoreIntrospection: true },
  maxAliases: { n: 60 },
  maxDirectives: { n: 50 },
  maxTokens: { enabled: false },
  costLimit: { maxCost: 20_000, ignoreIntrospection: true },
  blockFieldSuggestion: { enabled: false },
}).protect()

/** Checked while parsing, before there is a document to validate. */
export const parseLimits = { maxTokens: 3_000 }

/** One field asked for again and again under one name is answered once, but checked and merged each time. */
export const repeatedFieldsRule: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  SelectionSet(set: SelectionSetNode) {
    const seen = new Map<string, number>()
    for (const node of set.selections) {
      const name =
        node.kind === Kind.FIELD
          ? (node.alias ?? node.name).value
          : node.kind === Kind.FRAGMENT_SPREAD
            ? `...${node.name.value}`
            : '...'
      const count = (seen.get(name) ?? 0) + 1
      seen.set(name, count)
      if (count > MAX_REPEATS) {
        context.reportError(new GraphQLError(`Repeated field limit of ${MAX_REPEATS} exceeded.`, { nodes: [node] }))
        return false
      }
    }
    return undefined
  },
})

/** The rules of every transport. */
export const limitRules: readonly ValidationRule[] = [
  ...(armor.validationRules as ValidationRule[]),
  repeatedFieldsRule,
]
