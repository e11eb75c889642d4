import { EXTENSIONS, type FileType } from './file-type.js'

export const MAX_FILE_NAME = 255

// Folders on any system, and what cannot be seen or turns the name around: "gpj.exe" must not be shown as a picture.
const FOLDERS = /^.*[/\\]/s
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** The name as a person gave it, without folders and what cannot be seen, ending as files of its type do; null when nothing is left. */
export function fileNameFor(raw: string, type: FileType): string | null {
  const name = raw.normalize('NFC').replace(FOLDERS, '').replace(INVISIBLE, '').trim()
  if (/^[.\s]*$/.test(name)) return null
  const [given = '', ...others] = EXTENSIONS[type]
  const isNamedSo = [given, ...others].some((extension) => name.toLowerCase().endsWith(extension))
  return isNamedSo ? name : `${name}${given}`
}
