import { beforeAll, describe, expect, test } from 'vitest'
import { SEEDING_LIMIT_MS, seedDemoInto } from '../testkit/seed-demo-into.js'
import { startTestServer } from '../testkit/server.js'
import { playStory, STORY_STEPS } from './story.js'
import { Storyteller } from './storyteller.js'

const server = await startTestServer()

async function told(url = server.url): Promise<string[]> {
  const lines: string[] = []
  await playStory(url, new Storyteller(STORY_STEPS, (line) => lines.push(line), false))
  return lines
}

test('without the demo the story says what it needs', async () => {
  // A server of its own: five sign-ins a minute are what the two stories below need.
  const { url, close } = await startTestServer()
  await expect(told(url)).rejects.toThrow(/customer@adtime\.test cannot sign in\. The story needs the demo/)
  await close()
})

describe('with the demo', () => {
  beforeAll(() => seedDemoInto(server), SEEDING_LIMIT_MS)

  test('an order goes from a prompt to a reviewed banner, and every step of it is seen live, in order', async () => {
    const lines = await told()
    const live = lines.filter((line) => line.includes('● live')).map((line) => line.replace(/^.*● live\s+/, ''))

    const drawing = live.filter((line) => line.startsWith('generationUpdated'))
    expect(drawing.length).toBeGreaterThanOrEqual(2)
    expect(drawing.at(-1)).toMatch(/COMPLETED +█+ 100%$/)

    const events = live.filter((line) => line.startsWith('orderStatusChanged'))
    expect(events.map((line) => line.split(/ {2,}/).slice(1, 3).join(' '))).toEqual([
      'STATUS_CHANGED CREATED → PAID',
      'PAYMENT_SUCCEEDED',
      'STATUS_CHANGED PAID → PRODUCTION',
      'FACTORY_ASSIGNED Печатный двор',
      'PRODUCTION_STAGE_CHANGED IN_PROGRESS',
      'PRODUCTION_STAGE_CHANGED QUALITY_CHECK',
      'PRODUCTION_STAGE_CHANGED READY',
      'STATUS_CHANGED PRODUCTION → SHIPPED',
      'TRACKING_ADDED RA123456789RU',
      'STATUS_CHANGED SHIPPED → COMPLETED',
    ])
    const speakers = live
      .filter((line) => line.startsWith('chatMessageAdded'))
      .map((line) => /\((\w+)\)/.exec(line)?.[1])
    expect(speakers.filter((role) => role !== 'SYSTEM')).toEqual(['CUSTOMER', 'FACTORY'])
    // The order speaks too: paid, at its factory, three stages, sent, its number there, completed.
    expect(speakers.filter((role) => role === 'SYSTEM')).toHaveLength(8)

    const steps = lines.flatMap((line) => /(\d+)\/(\d+) {2}/.exec(line)?.slice(1, 3).map(Number) ?? [])
    expect(steps.slice(-2)).toEqual([STORY_STEPS, STORY_STEPS])
    expect(lines.join('\n')).toMatch(
      /CREATED → PAID → PRODUCTION → SHIPPED → COMPLETED[\s\S]*✔ {2}AT-\d{4}-\w{6}: drawn/,
    )
  }, 60_000)

  test('an order that went to another factory is made by a manager', async () => {
    await server.platform.database.prisma.factory.updateMany({
      where: { name: 'Печатный двор' },
      data: { isActive: false },
    })
    expect((await told()).join('\n')).toMatch(
      /went to another factory[\s\S]*manager@adtime\.test[\s\S]*SHIPPED[\s\S]*✔/,
    )
  }, 60_000)
})
