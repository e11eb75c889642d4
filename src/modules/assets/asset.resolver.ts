import { Args, FieldResolver, Resolver, Root } from 'type-graphql'
import { URLScalar } from '../../platform/graphql/scalars.js'
import { PublicProfile, User } from '../users/index.js'
import { Asset, AssetUrlArgs } from './asset.type.js'
import type { AssetLinks } from './asset-links.js'

type WithAvatar = { readonly avatar?: Asset | null }

@Resolver(() => Asset)
export class AssetResolver {
  constructor(private readonly links: AssetLinks) {}

  @FieldResolver(() => URLScalar, {
    description:
      'Where to download it with GET, without further authorisation, for the next hour. The same URL is handed out for some minutes, so caches work. Ask again for a fresh one.',
  })
  url(@Root() asset: Asset, @Args(() => AssetUrlArgs) { width }: AssetUrlArgs): string {
    return this.links.urlOf(asset.id, width ?? null)
  }
}

@Resolver(() => User)
export class UserAvatarResolver {
  @FieldResolver(() => Asset, { nullable: true, description: 'Null when the person has none.' })
  avatar(@Root() user: User): Asset | null {
    return (user as WithAvatar).avatar ?? null
  }
}

@Resolver(() => PublicProfile)
export class ProfileAvatarResolver {
  @FieldResolver(() => Asset, { nullable: true, description: 'Null when the person has none.' })
  avatar(@Root() profile: PublicProfile): Asset | null {
    return (profile as WithAvatar).avatar ?? null
  }
}
