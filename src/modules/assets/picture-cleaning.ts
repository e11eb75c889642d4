import sharp, { type Sharp } from 'sharp'
import type { PictureType } from './file-type.js'
import { UploadRefusal } from './upload-refusal.js'
import type { UploadRule } from './upload-rules.js'

const LIMIT_SECONDS = 20

// The process's own settings of sharp: a thread a picture, nothing kept of what was read, and no reader but those we take files for.
sharp.concurrency(1)
sharp.cache(false)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadPngFile', 'VipsForeignLoadJpegFile', 'VipsForeignLoadWebpFile'],
})

export interface CleanPicture {
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
}

const ENCODERS: Readonly<Record<PictureType, (picture: Sharp, isForPrint: boolean) => Sharp>> = {
  'image/png': (picture) => picture.png(),
  'image/jpeg': (picture, isForPrint) =>
    picture.jpeg(isForPrint ? { quality: 95, chromaSubsampling: '4:4:4' } : { quality: 90 }),
  'image/webp': (picture, isForPrint) => picture.webp({ quality: isForPrint ? 95 : 90 }),
}

/**
 * The picture in the file, drawn anew: turned the way its EXIF says, and without EXIF, comments, what was hidden behind its end, and
 * all but the first frame of an animation.
 * @throws UploadRefusal for a picture that is too large, damaged or cut off
 */
export async function cleanPicture(
  path: string,
  type: PictureType,
  { maxPixels, keepsColours }: Pick<UploadRule, 'maxPixels' | 'keepsColours'>,
): Promise<CleanPicture> {
  const { width, height, space } = await readable(sharp(path, { limitInputPixels: false }).metadata())
  if (width * height > maxPixels)
    throw new UploadRefusal(
      422,
      `The picture has ${width} x ${height} pixels; ${maxPixels / 1e6} million are too many.`,
    )
  const picture = sharp(path, { limitInputPixels: maxPixels, sequentialRead: true, failOn: 'warning' }).autoOrient()
  if (keepsColours) picture.keepIccProfile()
  // Without it, what is made for four inks would be mixed for screens.
  if (keepsColours && space === 'cmyk') picture.toColourspace('cmyk')
  const encoded = ENCODERS[type](picture, keepsColours).timeout({ seconds: LIMIT_SECONDS })
  const { data, info } = await readable(encoded.toBuffer({ resolveWithObject: true }))
  return { bytes: data, width: info.width, height: info.height }
}

const readable = <Result>(work: Promise<Result>): Promise<Result> =>
  work.catch((error: unknown) => {
    throw new UploadRefusal(422, 'The picture cannot be read to its end: it is damaged or cut off.', error)
  })
