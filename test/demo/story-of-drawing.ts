import type { ApolloPerson } from './apollo-person.js'
import type { Cast } from './story-cast.js'
import { DRAW, WATCH_DRAWING } from './story-documents.js'
import { StoryProblem } from './story-problem.js'

const PNG_SIGNATURE = '89504e470d0a1a0a'
const BAR_WIDTH = 20
const FINAL = ['COMPLETED', 'FAILED', 'CANCELLED']

const bar = (progress: number): string => {
  const done = Math.round(progress * BAR_WIDTH)
  return `${'█'.repeat(done)}${'░'.repeat(BAR_WIDTH - done)} ${String(Math.round(progress * 100)).padStart(3)}%`
}

/** A picture is drawn, followed live and downloaded. @returns the id of its generation */
export async function draw({ teller }: Cast, customer: ApolloPerson): Promise<string> {
  const input = { prompt: 'Свежий хлеб каждое утро', style: 'khokhloma', width: 1_024, height: 576 }
  teller.step(`She describes a banner: “${input.prompt}”`)
  const { createGeneration } = await customer.run(DRAW, { input })
  teller.fact(`createGeneration answers ${createGeneration.status}; a job draws it`)

  teller.step('She watches it being drawn')
  const { id } = createGeneration
  const feed = customer.follow(WATCH_DRAWING, { id }, ({ generationUpdated: { status, progress } }) =>
    teller.live(`generationUpdated   ${status.padEnd(10)} ${bar(progress)}`),
  )
  const last = await feed.until(
    ({ generationUpdated: { status } }) => FINAL.includes(status),
    'finished picture',
    60_000,
  )
  const { status, failure, images } = last.generationUpdated
  const [image] = images
  if (!image) throw new StoryProblem(`The picture is ${status}: ${failure ?? 'no reason given'}.`)

  teller.step('She downloads the picture')
  const bytes = await download(image.url)
  if (bytes.subarray(0, 8).toString('hex') !== PNG_SIGNATURE) throw new StoryProblem('What was downloaded is no PNG.')
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  if (width !== input.width || height !== input.height || bytes.length !== image.byteSize)
    throw new StoryProblem(`The PNG is ${width}×${height} and ${bytes.length} bytes, not what was announced.`)
  teller.fact(`a PNG of ${width}×${height}, ${Math.round(bytes.length / 1_024)} kB, behind a signed address`)
  return id
}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(15_000) })
  if (!response.ok) throw new StoryProblem(`The picture’s address answered ${response.status}.`)
  return Buffer.from(await response.arrayBuffer())
}
