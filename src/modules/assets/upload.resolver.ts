import { Args, Ctx, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { CreateUploadArgs } from './create-upload.args.js'
import type { UploadTickets } from './upload-ticket.service.js'
import { UploadTicket } from './upload-ticket.type.js'

@Resolver()
export class UploadResolver {
  constructor(private readonly tickets: UploadTickets) {}

  @Can('asset.upload')
  @Mutation(() => UploadTicket, {
    description:
      'A place to send one file of the viewer to, for 15 minutes; guests too. RATE_LIMITED after 60 tickets in an hour or 500 MB in a day, for guests after 10 and 50 MB.',
  })
  createUpload(
    @Args(() => CreateUploadArgs) args: CreateUploadArgs,
    @Ctx() { viewer }: Context,
  ): Promise<UploadTicket> {
    return this.tickets.issue(viewer, args)
  }
}
