import { describe, expect, it } from 'vitest'
import { fileNameFor } from './file-name.js'

describe('the name of an uploaded file', () => {
  it.each([
    ['макет 2.png', 'макет 2.png'],
    ['C:\\Users\\Anna\\photo.PNG', 'photo.PNG'],
    ['../../etc/passwd', 'passwd.png'],
    ['photo.exe', 'photo.exe.png'],
    ['photo\u202egpj.exe', 'photogpj.exe.png'],
    ['a\u0000b\nc.png', 'abc.png'],
    ['и\u0306.png', 'й.png'],
  ])('%j is kept as %j', (raw, kept) => {
    expect(fileNameFor(raw, 'image/png')).toBe(kept)
  })

  it('may end in any way that files of its type do', () => {
    expect(fileNameFor('photo.jpeg', 'image/jpeg')).toBe('photo.jpeg')
    expect(fileNameFor('photo', 'image/jpeg')).toBe('photo.jpg')
  })

  it.each(['', ' ', '..', 'folder/', '\u200b'])('%j is none', (raw) => {
    expect(fileNameFor(raw, 'image/png')).toBeNull()
  })
})
