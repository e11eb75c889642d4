import { Field, ObjectType } from 'type-graphql'
import { DateTime, JSONObject, URLScalar } from '../../platform/graphql/scalars.js'
import { Asset } from './asset.type.js'

@ObjectType({
  description:
    'Where to send a file, once. The answer to the upload is 201 with { id, contentType, byteSize, width, height } as JSON, and the asset can be used from then on. Refusals are problem documents (RFC 9457): 403 for an altered URL, 410 once it has expired, 409 when the file has come already, 400, 411, 413 and 415 for another length or type than was announced, 422 for a file that is not what its type says, is damaged, or is too large a picture; 429 after ten tries. After 4xx other than 403, 409 and 410 another try is possible.',
  simpleResolvers: true,
})
export class UploadTicket {
  @Field(() => Asset, {
    description:
      'What the file will be. Until it has come there is nothing at its `url`, and naming its id anywhere is BAD_USER_INPUT. Pictures are encoded anew, so size and measures are known after that.',
  })
  asset!: Asset

  @Field(() => URLScalar, { description: 'Signed. Whoever holds it can send the file.' })
  uploadUrl!: string

  @Field(() => String, { description: 'The HTTP method: PUT, with the bytes of the file as the body.' })
  method!: string

  @Field(() => JSONObject, { description: 'Headers to send with it, by name.' })
  headers!: Record<string, string>

  @Field(() => DateTime, { description: 'When the URL stops working: 15 minutes from now.' })
  expiresAt!: Date
}
