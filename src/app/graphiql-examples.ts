import type { ExampleTab } from '../platform/http/graphiql-page.js'
import { graphiqlAccountExamples } from './graphiql-account-examples.js'
import { graphiqlChatExamples } from './graphiql-chat-examples.js'
import { graphiqlDeskExamples } from './graphiql-desk-examples.js'
import { graphiqlShopExamples } from './graphiql-shop-examples.js'
import { graphiqlStoryExamples } from './graphiql-story-examples.js'

/** The tabs that GraphiQL opens with. */
export const graphiqlExamples: readonly ExampleTab[] = [
  ...graphiqlStoryExamples,
  ...graphiqlChatExamples,
  ...graphiqlShopExamples,
  ...graphiqlDeskExamples,
  ...graphiqlAccountExamples,
]
