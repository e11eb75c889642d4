/**
 * A single-page app in cookie mode, for a real browser: Apollo Client, the access token in memory and nothing else kept. Its page tells
 * it where the API is, and the test calls what it hangs on `app`.
 */
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { SetContextLink } from '@apollo/client/link/context'

const LOGIN = gql(
  `mutation CookieLogin($input: LoginInput!) { payload: login(input: $input) { user { email } token { accessToken refreshToken } } }`,
)
const REFRESH = gql(
  `mutation CookieRefresh { payload: refreshToken(refreshToken: "") { user { email } token { accessToken refreshToken } } }`,
)
const LOGOUT = gql('mutation CookieLogout { logout }')
const ME = gql('query CookieMe { me { email } }')

interface Answer {
  readonly payload: {
    readonly user: { readonly email: string }
    readonly token: { readonly accessToken: string; readonly refreshToken: string }
  }
}

let accessToken: string | null = null

const { apiUrl } = globalThis as unknown as { readonly apiUrl: string }
const client = new ApolloClient({
  cache: new InMemoryCache(),
  defaultOptions: { query: { fetchPolicy: 'no-cache' }, mutate: { fetchPolicy: 'no-cache' } },
  link: ApolloLink.from([
    new SetContextLink(() => ({ headers: accessToken === null ? {} : { authorization: `Bearer ${accessToken}` } })),
    new HttpLink({ uri: apiUrl, credentials: 'include', headers: { 'x-auth-mode': 'cookie' } }),
  ]),
})

/** What was answered, or the code of the first error. */
async function outcomeOf<Result>(work: Promise<Result>): Promise<Result | string> {
  try {
    return await work
  } catch (error) {
    return CombinedGraphQLErrors.is(error) ? String(error.errors[0]?.extensions?.code) : String(error)
  }
}

async function enter(asked: Promise<{ data?: Answer | undefined }>): Promise<Answer['payload'] | undefined> {
  const payload = (await asked).data?.payload
  accessToken = payload?.token.accessToken ?? null
  return payload
}

export const app = {
  login: (email: string, password: string) =>
    outcomeOf(enter(client.mutate<Answer>({ mutation: LOGIN, variables: { input: { email, password } } }))),
  refresh: () => outcomeOf(enter(client.mutate<Answer>({ mutation: REFRESH }))),
  me: () => outcomeOf(client.query<{ me: { email: string } }>({ query: ME }).then(({ data }) => data?.me.email)),
  logout: () => outcomeOf(client.mutate({ mutation: LOGOUT }).then(({ data }) => data)),
}
