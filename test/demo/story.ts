import { ApolloPerson } from './apollo-person.js'
import type { Cast } from './story-cast.js'
import { buy } from './story-of-buying.js'
import { draw } from './story-of-drawing.js'
import { make } from './story-of-making.js'
import { receive } from './story-of-receiving.js'
import { StoryProblem } from './story-problem.js'
import type { Storyteller } from './storyteller.js'

/** What `Storyteller` counts up to. */
export const STORY_STEPS = 16

const PASSWORD = 'Adtime-demo-1'

/**
 * The story of one order on a running server with the demo in it: from a prompt to a delivered and reviewed banner.
 * @throws StoryProblem when a step fails; sockets are closed either way
 */
export async function playStory(url: string, teller: Storyteller): Promise<void> {
  const people: ApolloPerson[] = []
  const signIn: Cast['signIn'] = async (who) => {
    const email = `${who}@adtime.test`
    const person = await ApolloPerson.signIn(url, email, PASSWORD).catch((problem: StoryProblem) => {
      if (problem.code !== 'UNAUTHENTICATED') throw problem
      throw new StoryProblem(
        `${email} cannot sign in. The story needs the demo: start on an empty database, without SEED=none.`,
      )
    })
    people.push(person)
    teller.fact(`${person.name}, ${email}`)
    return person
  }
  try {
    const cast: Cast = { url, teller, signIn }
    teller.step('The customer signs in')
    const customer = await signIn('customer')
    const generationId = await draw(cast, customer)
    const order = await buy(cast, customer, generationId)
    await make(cast, customer, order)
    await receive(cast, customer, order)
  } finally {
    await Promise.all(people.map((person) => person.leave()))
  }
}
