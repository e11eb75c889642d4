import type { AssetPurpose } from '../../generated/prisma/enums.js'
import { type FileType, PICTURES } from './file-type.js'

export interface UploadRule {
  readonly types: readonly FileType[]
  readonly maxBytes: number
  /** Of a picture: width times height. A small file can hold a picture that fills the memory. */
  readonly maxPixels: number
  /** For print, colours stay in their own profile; for screens they become sRGB, which every browser shows alike. */
  readonly keepsColours: boolean
}

const MB = 1_000_000

const picture = (maxBytes: number, maxPixels: number): UploadRule => ({
  types: PICTURES,
  maxBytes,
  maxPixels,
  keepsColours: false,
})

/** What may be uploaded for what. GENERATION is missing: those are drawn here. */
export const uploadRules: Readonly<Partial<Record<AssetPurpose, UploadRule>>> = {
  AVATAR: picture(5 * MB, 25 * MB),
  MARKETPLACE_PREVIEW: picture(10 * MB, 50 * MB),
  CHAT_ATTACHMENT: { ...picture(10 * MB, 50 * MB), types: [...PICTURES, 'application/pdf'] },
  PRINT_FILE: { types: [...PICTURES, 'application/pdf'], maxBytes: 50 * MB, maxPixels: 150 * MB, keepsColours: true },
}

/** How long a ticket is good for. */
export const UPLOAD_LIFETIME_MS = 15 * 60_000
