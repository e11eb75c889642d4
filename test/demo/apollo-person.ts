import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  HttpLink,
  InMemoryCache,
  type OperationVariables,
} from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { type DocumentNode, OperationTypeNode, parse } from 'graphql'
import { type Client, createClient } from 'graphql-ws'
import WebSocket from 'ws'
import type { TypedDocumentString } from '../generated/graphql.js'
import { LiveFeed } from './live-feed.js'
import { SIGN_IN } from './story-documents.js'
import { StoryProblem } from './story-problem.js'

const ANSWER_LIMIT_MS = 15_000

type Document<Data, Variables> = TypedDocumentString<Data, Variables>

/** Somebody with an account, at an Apollo Client of their own: operations over HTTP, subscriptions over one socket. */
export class ApolloPerson {
  name = ''
  private accessToken = ''
  private readonly socket: Client
  private readonly client: ApolloClient

  private constructor(url: string) {
    this.socket = createClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: () => ({ authorization: `Bearer ${this.accessToken}` }),
      retryAttempts: 3,
    })
    const overHttp = new HttpLink({ uri: `${url}/graphql`, fetch: fetchInTime })
    const signed = new ApolloLink((operation, forward) => {
      if (this.accessToken) operation.setContext({ headers: { authorization: `Bearer ${this.accessToken}` } })
      return forward(operation)
    })
    this.client = new ApolloClient({
      cache: new InMemoryCache(),
      link: ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        new GraphQLWsLink(this.socket),
        signed.concat(overHttp),
      ),
    })
  }

  /** @throws StoryProblem with the code UNAUTHENTICATED where there is no such account */
  static async signIn(url: string, email: string, password: string): Promise<ApolloPerson> {
    const person = new ApolloPerson(url)
    const { user, token } = (await person.run(SIGN_IN, { input: { email, password } })).login
    if (!user || !token) throw new StoryProblem(`${email} has a second factor, which this story cannot give.`)
    person.name = user.displayName
    person.accessToken = token.accessToken
    return person
  }

  async ask<Data, Variables extends OperationVariables>(
    document: Document<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const query = parsed(document)
    return settled(query, this.client.query({ query, variables, fetchPolicy: 'network-only' }))
  }

  async run<Data, Variables extends OperationVariables>(
    document: Document<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const mutation = parsed(document)
    return settled(mutation, this.client.mutate({ mutation, variables }))
  }

  /** Subscribes; each event is told at the moment it arrives, and kept for those who wait for it. */
  follow<Data, Variables extends OperationVariables>(
    document: Document<Data, Variables>,
    variables: Variables,
    tell: (event: Data) => void,
  ): LiveFeed<Data> {
    const query = parsed(document)
    const name = nameOf(query)
    const feed = new LiveFeed<Data>(name)
    this.client.subscribe({ query, variables }).subscribe({
      next: ({ data, error }) => {
        if (error) return feed.end(problemOf(name, error))
        if (!data) return
        tell(data as Data)
        feed.add(data as Data)
      },
      error: (error) => feed.end(problemOf(name, error)),
      complete: () => feed.end(new StoryProblem(`${name} ended too early.`)),
    })
    return feed
  }

  async leave(): Promise<void> {
    this.client.stop()
    await this.socket.dispose()
  }
}

const fetchInTime: typeof fetch = (input, init = {}) => {
  const limit = AbortSignal.timeout(ANSWER_LIMIT_MS)
  return fetch(input, { ...init, signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit })
}

const parsed = <Data, Variables>(document: Document<Data, Variables>): DocumentNode => parse(document.toString())

/** The root field: what the schema calls what was asked. */
function nameOf({ definitions }: DocumentNode): string {
  const [first] = definitions
  const [root] = first?.kind === 'OperationDefinition' ? first.selectionSet.selections : []
  return root?.kind === 'Field' ? root.name.value : 'operation'
}

async function settled<Data>(document: DocumentNode, answer: Promise<{ data?: unknown }>): Promise<Data> {
  try {
    const { data } = await answer
    return data as Data
  } catch (error) {
    throw problemOf(nameOf(document), error)
  }
}

function problemOf(name: string, error: unknown): StoryProblem {
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors
    const code = String(first?.extensions?.code ?? 'UNKNOWN')
    return new StoryProblem(`${name} was refused: ${first?.message} (${code})`, code)
  }
  return new StoryProblem(`${name} failed: ${error instanceof Error ? error.message : String(error)}`)
}
