import { Max, Min } from 'class-validator'
import { ArgsType, Field, Int } from 'type-graphql'
import { Text } from '../../platform/graphql/text-rule.js'
import { AssetPurpose } from './asset.type.js'
import { MAX_FILE_NAME } from './file-name.js'

@ArgsType()
export class CreateUploadArgs {
  @Field(() => AssetPurpose, {
    description: 'What the file is for. GENERATION is BAD_USER_INPUT: those are drawn here.',
  })
  purpose!: AssetPurpose

  @Field(() => String, {
    description:
      'What the file is called, 1 to 255 characters. Folders and invisible characters are left out; a name that does not end as its type does gets the ending added.',
  })
  @Text({ max: MAX_FILE_NAME })
  fileName!: string

  @Field(() => String, {
    description:
      'The media type: image/png, image/jpeg or image/webp; for CHAT_ATTACHMENT and PRINT_FILE also application/pdf.',
  })
  @Text({ max: 100 })
  contentType!: string

  @Field(() => Int, {
    description:
      'The exact size in bytes, from 1 to 5 MB for AVATAR, 10 MB for MARKETPLACE_PREVIEW and CHAT_ATTACHMENT, 50 MB for PRINT_FILE (MB: a million).',
  })
  @Min(1, { message: 'must be at least 1' })
  @Max(2 ** 31 - 1, { message: 'is too large' })
  byteSize!: number
}
