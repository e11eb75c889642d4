import { ItemStatus } from '../../generated/prisma/enums.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'

describeEnum(ItemStatus, 'ItemStatus', 'Where a design stands on its way to the marketplace.', {
  DRAFT: 'Being written; only its designer and staff see it.',
  PENDING_REVIEW: 'Waits for a manager.',
  PUBLISHED: 'For sale. The only status that everybody sees.',
  REJECTED: 'Refused by a manager; the designer may change it and submit it again.',
  ARCHIVED: 'Withdrawn. Orders that contain it keep it.',
})

export { ItemStatus }
