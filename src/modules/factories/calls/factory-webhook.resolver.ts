import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can } from '../../../platform/graphql/marks.js'
import { UUID } from '../../../platform/graphql/scalars.js'
import type { WebhookSecrets } from './webhook-secrets.service.js'

@Resolver()
export class FactoryWebhookResolver {
  constructor(private readonly secrets: WebhookSecrets) {}

  @Can('factory.manage')
  @Mutation(() => String, {
    description:
      "The next secret that signs the calls to a factory's `webhookUrl`, in the form of Standard Webhooks (`whsec_…`), shown this once. Those before it go on signing for 24 hours, beside it. NOT_FOUND for an unknown factory, CONFLICT when 5 sign already. ADMIN only.",
  })
  rotateFactoryWebhookSecret(
    @Arg('factoryId', () => UUID, { description: 'The factory whose calls it signs.' }) factoryId: string,
    @Ctx() { viewer, ip }: Context,
  ): Promise<string> {
    return this.secrets.rotate(viewer, factoryId, ip)
  }
}
