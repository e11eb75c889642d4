import { describeEnum } from '../../platform/graphql/describe-enum.js'

/** Not stored, so it has no twin in the database. */
export const PrintWarningKind = {
  LOW_RESOLUTION: 'LOW_RESOLUTION',
  ASPECT_MISMATCH: 'ASPECT_MISMATCH',
  RGB_SOURCE: 'RGB_SOURCE',
} as const

export type PrintWarningKind = (typeof PrintWarningKind)[keyof typeof PrintWarningKind]

describeEnum(PrintWarningKind, 'PrintWarningKind', 'What may disappoint about a print. None of them stops an order.', {
  LOW_RESOLUTION:
    'Too few pixels for the size: below 100 dots per inch for a BANNER or STANDEE, below 30 for a BILLBOARD.',
  ASPECT_MISMATCH: 'The picture and the print differ in proportions by more than 5%.',
  RGB_SOURCE: 'CMYK is asked for, and the picture is in screen colours.',
})
