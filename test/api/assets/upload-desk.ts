import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { TestAccount } from '../../testkit/account.js'
import { temporaryFolder } from '../../testkit/temporary-folder.js'

export const CREATE_UPLOAD = /* GraphQL */ `
  mutation CreateUpload($purpose: AssetPurpose!, $fileName: String!, $contentType: String!, $byteSize: Int!) {
    createUpload(purpose: $purpose, fileName: $fileName, contentType: $contentType, byteSize: $byteSize) {
      asset { id url fileName contentType byteSize width height }
      uploadUrl method headers expiresAt
    }
  }`

export interface Ticket {
  readonly asset: { readonly id: string; readonly url: string; readonly fileName: string }
  readonly uploadUrl: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly expiresAt: string
}

export interface Announced {
  readonly purpose: string
  readonly fileName: string
  readonly contentType: string
  readonly byteSize: number
}

export const announcing = (bytes: Uint8Array, facts: Partial<Announced> = {}): Announced => ({
  purpose: 'CHAT_ATTACHMENT',
  fileName: 'photo.jpg',
  contentType: 'image/jpeg',
  byteSize: bytes.byteLength,
  ...facts,
})

export const ticketFor = async (
  { client }: Pick<TestAccount, 'client'>,
  bytes: Uint8Array,
  facts: Partial<Announced> = {},
): Promise<Ticket> =>
  (await client.get<{ createUpload: Ticket }, Announced>(CREATE_UPLOAD, announcing(bytes, facts))).createUpload

/** Sends the file as its ticket says. */
export async function put(
  { uploadUrl, method, headers }: Ticket,
  bytes: Uint8Array,
  more: Record<string, string> = {},
) {
  const response = await fetch(uploadUrl, { method, headers: { ...headers, ...more }, body: new Uint8Array(bytes) })
  const body = (await response.json()) as { width?: number; height?: number; title?: string; byteSize?: number }
  return { status: response.status, body }
}

/** A file of somebody, uploaded. @returns the id of its asset */
export async function upload(account: Pick<TestAccount, 'client'>, bytes: Uint8Array, facts: Partial<Announced> = {}) {
  const ticket = await ticketFor(account, bytes, facts)
  const { status, body } = await put(ticket, bytes)
  if (status !== 201) throw new Error(`the upload was answered with ${status}: ${body.title}`)
  return ticket.asset.id
}

/** Noise, so that it does not compress to nothing and a cut is a cut through the picture. */
const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: 'red', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  })

/** A photo as a telephone takes it: on its side, saying where it was taken, and by what. */
export const photoWithPlace = (): Promise<Buffer> =>
  noise(64, 32)
    .jpeg()
    .withExif({
      IFD0: { Make: 'Telephone', Artist: 'Anna' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '55/1 45/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '37/1 37/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer()

export const photo = (): Promise<Buffer> => noise(64, 32).jpeg().toBuffer()
export const drawing = (): Promise<Buffer> => noise(64, 32).png().toBuffer()
export const webp = (): Promise<Buffer> => noise(64, 32).webp().toBuffer()
export const inks = (): Promise<Buffer> => noise(64, 32).toColourspace('cmyk').jpeg().toBuffer()
/** Small to send, too large to unpack: 56 million pixels of one colour. */
export const bomb = (): Promise<Buffer> =>
  sharp({ create: { width: 8_000, height: 7_000, channels: 3, background: 'red' } })
    .png({ compressionLevel: 9 })
    .toBuffer()
export const pdf = (): Buffer =>
  Buffer.from('%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n')

/** What is written in a picture, beside the picture. The server reads pictures from files alone, and so does this. */
export async function metadataOf(bytes: Uint8Array) {
  const path = join(temporaryFolder(), 'picture')
  await writeFile(path, bytes)
  return sharp(path).metadata()
}

export async function download(url: string) {
  const response = await fetch(url)
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}
