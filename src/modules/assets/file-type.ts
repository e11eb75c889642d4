export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp'
export type FileType = PictureType | 'application/pdf'

export const PICTURES: readonly PictureType[] = ['image/png', 'image/jpeg', 'image/webp']

/** How names of files of a type may end; the first is the one that is given. */
export const EXTENSIONS: Readonly<Record<FileType, readonly string[]>> = {
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/webp': ['.webp'],
  'application/pdf': ['.pdf'],
}

export const isPicture = (type: string): type is PictureType => (PICTURES as readonly string[]).includes(type)

/** As many bytes of a file's beginning as `sniffType` wants. */
export const SNIFFED_BYTES = 16

const PNG = '\x89PNG\r\n\x1a\n'

/** What a file is by its first bytes, whatever it is called; null when it is nothing we take. */
export function sniffType(beginning: Uint8Array): FileType | null {
  const text = Buffer.from(beginning).toString('latin1')
  if (text.startsWith(PNG)) return 'image/png'
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp'
  return /^%PDF-\d\.\d/.test(text) ? 'application/pdf' : null
}
