import type { ExampleTab } from '../platform/http/graphiql-page.js'
import { graphiqlAccountExamples } from './graphiql-account-examples.js'
import { graphiqlStoryExamples } from './graphiql-story-examples.js'

/** The tabs that GraphiQL opens with. */
export const graphiqlExamples: readonly ExampleTab[] = [...graphiqlStoryExamples, ...graphiqlAccountExamples]
