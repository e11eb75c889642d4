export interface ImageHeader {
  readonly contentType: 'image/png' | 'image/jpeg'
  readonly width: number
  readonly height: number
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** What the first bytes of a picture say about it; null when they are not those of a PNG or JPEG. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.subarray(0, 8).equals(PNG)) return pngHeader(buffer)
  return buffer.length > 3 && buffer.readUInt16BE(0) === 0xffd8 ? jpegHeader(buffer) : null
}

function pngHeader(buffer: Buffer): ImageHeader | null {
  if (buffer.length < 24 || buffer.toString('latin1', 12, 16) !== 'IHDR') return null
  return sized('image/png', buffer.readUInt32BE(16), buffer.readUInt32BE(20))
}

// Segments follow one another, each with its length, until a frame header (SOF0 to SOF15, but not DHT, JPG and DAC) tells the size.
function jpegHeader(buffer: Buffer): ImageHeader | null {
  let at = 2
  while (at + 9 <= buffer.length && buffer[at] === 0xff) {
    const marker = buffer[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return sized('image/jpeg', buffer.readUInt16BE(at + 7), buffer.readUInt16BE(at + 5))
    at += 2 + buffer.readUInt16BE(at + 2)
  }
  return null
}

const sized = (contentType: ImageHeader['contentType'], width: number, height: number): ImageHeader | null =>
  width > 0 && height > 0 ? { contentType, width, height } : null
