import { describe, expect, test } from 'vitest'
import { readImageHeader } from './image-header.js'

const png = (width: number, height: number) => {
  const bytes = Buffer.alloc(33)
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

// An APP0 segment, then a baseline frame header of 640 by 960.
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108' + '03c0' + '0280' + '03011100', 'hex')

describe('the header of a picture', () => {
  test.each([
    ['a PNG', png(1024, 576), { contentType: 'image/png', width: 1024, height: 576 }],
    ['a JPEG', jpeg, { contentType: 'image/jpeg', width: 640, height: 960 }],
    ['a PNG without a side', png(0, 576), null],
    ['a PNG cut short', png(1, 1).subarray(0, 20), null],
    ['a JPEG cut short', jpeg.subarray(0, 22), null],
    ['a web page', Buffer.from('<!doctype html><title>not a picture</title>'), null],
    ['nothing', new Uint8Array(), null],
  ])('of %s', (_name, bytes, header) => {
    expect(readImageHeader(bytes)).toEqual(header)
  })
})
