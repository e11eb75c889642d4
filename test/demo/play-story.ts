import { version } from '@apollo/client'
import { playStory, STORY_STEPS } from './story.js'
import { StoryProblem } from './story-problem.js'
import { Storyteller } from './storyteller.js'

/** @throws StoryProblem unless an AdTime that is ready answers there */
async function findServer(address: string): Promise<string> {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new StoryProblem(`ADTIME_URL is "${address}", which is no web address. An example: http://localhost:8042`)
  const url = new URL(address).href.replace(/\/+$/, '')
  const health = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => {
    throw new StoryProblem(`AdTime does not answer at ${url}. Start it in another terminal: npm start`)
  })
  if (!health.ok) throw new StoryProblem(`${url}/health answers ${health.status}: the server there is not ready.`)
  return url
}

try {
  const url = await findServer(process.env.ADTIME_URL || 'http://localhost:8042')
  const isColoured = process.stdout.isTTY && !process.env.NO_COLOR
  const teller = new Storyteller(STORY_STEPS, (line) => process.stdout.write(`${line}\n`), isColoured)
  teller.heading(
    'AdTime: one order, from a prompt to a delivered banner',
    `${url}, through Apollo Client ${version} and graphql-ws`,
  )
  await playStory(url, teller)
} catch (error) {
  process.stderr.write(
    `\nThe story stops here. ${error instanceof StoryProblem ? error.message : ((error as Error).stack ?? error)}\n`,
  )
  process.exitCode = 1
}
