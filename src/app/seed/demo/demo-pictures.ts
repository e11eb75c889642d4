import type { AssetPurpose } from '../../../generated/prisma/enums.js'
import type { AssetStore } from '../../../modules/assets/index.js'
import { drawPoster, type PosterRequest } from '../../../modules/generations/index.js'
import type { DemoRows } from './demo-rows.js'

/** A picture that an asset's row will stand for. */
export interface DemoPicture {
  readonly id: string
  readonly ownerId: string
  readonly purpose: AssetPurpose
  readonly createdAt: Date
  readonly poster: PosterRequest
}

const AT_ONCE = 4
const TOLD_EVERY = 12

/** Draws the pictures into the store. @returns the rows that stand for them, in the same order */
export async function drawPictures(
  pictures: readonly DemoPicture[],
  store: AssetStore,
  say: (line: string) => void,
): Promise<DemoRows['assets']> {
  const rows: DemoRows['assets'] = new Array(pictures.length)
  const queue = pictures.entries()
  // A file that is its own preview is drawn once.
  const known = new Map<string, Promise<Uint8Array>>()
  const bytesOf = (poster: PosterRequest) => {
    const key = JSON.stringify(poster)
    const bytes = known.get(key) ?? drawPoster(poster)
    known.set(key, bytes)
    return bytes
  }
  let drawn = 0
  const draw = async () => {
    for (const [index, { id, ownerId, purpose, createdAt, poster }] of queue) {
      const { width, height } = poster
      const bytes = await bytesOf(poster)
      const file = await store.store(ownerId, purpose, bytes, { id, contentType: 'image/png', width, height })
      rows[index] = { ...file, createdAt }
      drawn++
      if (drawn % TOLD_EVERY === 0 || drawn === pictures.length) say(`Drawing previews ${drawn}/${pictures.length}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, draw))
  return rows
}
