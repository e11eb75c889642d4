import { Max, Min } from 'class-validator'
import { ArgsType, Field, Int, ObjectType } from 'type-graphql'
import { AssetPurpose } from '../../generated/prisma/enums.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'
import { DateTime, UUID } from '../../platform/graphql/scalars.js'

describeEnum(AssetPurpose, 'AssetPurpose', 'What a file was stored for.', {
  AVATAR: 'A picture of a person, for UpdateProfileInput.avatarId.',
  CHAT_ATTACHMENT: 'Sent with a chat message.',
  MARKETPLACE_PREVIEW: 'Shows a marketplace item to buyers.',
  PRINT_FILE: 'What is printed, in full size.',
  GENERATION: 'Drawn by an image model. It can be printed, and be the avatar of whoever it was drawn for.',
})

export { AssetPurpose }

@ObjectType({ description: 'A stored file. Whoever is shown the asset may download it.', simpleResolvers: true })
export class Asset {
  @Field(() => UUID, { description: 'Stays the same while its URLs change.' })
  id!: string

  @Field(() => String, {
    nullable: true,
    description:
      'What its owner called it, ending as files of its type do. Null for what was drawn here, and once its owner has deleted the account.',
  })
  fileName!: string | null

  @Field(() => String, { description: 'The media type: image/png, image/jpeg, image/webp or application/pdf.' })
  contentType!: string

  @Field(() => Int, { description: 'The size in bytes.' })
  byteSize!: number

  @Field(() => Int, { nullable: true, description: 'In pixels; null for what is not a picture.' })
  width!: number | null

  @Field(() => Int, { nullable: true, description: 'In pixels; null for what is not a picture.' })
  height!: number | null

  @Field(() => DateTime, { description: 'When it was stored. Its content never changes.' })
  createdAt!: string
}

@ArgsType()
export class AssetUrlArgs {
  @Field(() => Int, {
    nullable: true,
    description:
      'How wide the picture will be shown, in pixels, 16 to 4096. A hint: the answer is never larger than the original, and today is always the original.',
  })
  @Min(16, { message: 'must be between 16 and 4096' })
  @Max(4096, { message: 'must be between 16 and 4096' })
  width?: number
}
