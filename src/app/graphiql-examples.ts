import type { ExampleTab } from '../platform/http/graphiql-page.js'

export const graphiqlExamples: readonly ExampleTab[] = []
