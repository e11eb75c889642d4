import { describe, expect, it } from 'vitest'
import { sniffType } from './file-type.js'

const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('the type of a file by its first bytes', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
    ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
    ['%PDF-1.7\n', 'application/pdf'],
  ])('of %j is %s', (beginning, type) => {
    expect(sniffType(bytes(beginning))).toBe(type)
  })

  it.each([
    '',
    '<svg xmlns="http://www.w3.org/2000/svg">',
    'GIF89a',
    'RIFF\x24\0\0\0WAVE',
    '\x89PNG',
    ' %PDF-1.7',
    'MZ',
  ])('of %j is none that we take', (beginning) => {
    expect(sniffType(bytes(beginning))).toBeNull()
  })
})
