import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Open } from '../../../platform/graphql/marks.js'
import { URLScalar } from '../../../platform/graphql/scalars.js'
import type { AnswerSignIn } from '../sign-in/auth-answer.js'
import { AuthPayload } from '../sign-in/auth-payload.type.js'
import { IdentityProvider, IdentityProviderInfo, infoOf } from './identity-provider.type.js'
import type { ProviderLoginService } from './provider-login.service.js'

@Resolver()
export class ProviderLoginResolver {
  constructor(
    private readonly logins: ProviderLoginService,
    private readonly answer: AnswerSignIn,
  ) {}

  @Open()
  @Query(() => [IdentityProviderInfo], { description: 'The providers that people can sign in with here; often none.' })
  identityProviders(): IdentityProviderInfo[] {
    return this.logins.offered().map(infoOf)
  }

  @Open()
  @Mutation(() => URLScalar, {
    description: `Begins a visit to a provider: send the person's browser to the answer. It comes back to \`redirectUri\` with \`code\` and \`state\` in the query (Telegram: \`state\` in the query, the rest in the fragment), for \`completeProviderLogin\`, once and within 10 minutes. Called signed in, it links the identity to your account, which the same person has to complete, signed in; FORBIDDEN for guests. With \`X-Auth-Mode: cookie\` the visit is bound to the browser; without, keep the \`state\` of the answer's query and compare it with the one that comes back, or a stranger can sign your user in as themselves. BAD_USER_INPUT for a provider that is not offered and a foreign \`redirectUri\`, PROVIDER_UNAVAILABLE, RATE_LIMITED after 20 calls in a minute.`,
  })
  startProviderLogin(
    @Arg('provider', () => IdentityProvider, { description: 'One of `identityProviders`.' }) provider: IdentityProvider,
    @Arg('redirectUri', () => URLScalar, {
      description:
        'A page of yours, of an origin that may call here, without query and fragment. The provider has to know it too, to the letter.',
    })
    redirectUri: string,
    @Ctx() context: Context,
  ): Promise<string> {
    return this.logins.start(context.viewer, { provider, redirectUri }, context)
  }

  @Open()
  @Mutation(() => AuthPayload, {
    description:
      "Ends a visit that `startProviderLogin` began: signs in, makes an account, or links the identity to yours; a new session then, or the question for the second factor. An address of e-mail leads to an account only when the provider and we have verified it: CONFLICT when an account has it unconfirmed, and when the identity is another account's or yours has one of this provider. UNAUTHENTICATED alike for a `state` that is unknown, used, over 10 minutes old, of another provider, browser or account, and for what the provider refuses; FORBIDDEN for a blocked account. Whatever comes of it, PROVIDER_UNAVAILABLE too, the visit is over: start again.",
  })
  async completeProviderLogin(
    @Arg('provider', () => IdentityProvider, { description: 'The one that the visit was to.' })
    provider: IdentityProvider,
    @Arg('code', () => String, {
      description:
        'The `code` that came back, or the whole query with it, which VK needs. Telegram: what stands after `#tgAuthResult=`, or the query that its widget made.',
    })
    code: string,
    @Arg('state', () => String, { description: 'The `state` that came back.' }) state: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AuthPayload> {
    return this.answer(await this.logins.complete(context.viewer, { provider, code, state }, context), context, info)
  }
}
