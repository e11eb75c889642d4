import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { factoryInput, UPSERT } from './call-desk.js'

const server = await startTestServer()
const { prisma } = server.platform.database
const admin = await openAccount(server, 'ADMIN')

const upsert = async (input: Record<string, unknown>, id?: string) =>
  (await admin.client.get<{ upsertFactory: { id: string } }>(UPSERT, { id, input: { ...factoryInput, ...input } }))
    .upsertFactory
const wrong = async (input: Record<string, unknown>) => {
  const { errors } = await admin.client.ask(UPSERT, { input: { ...factoryInput, ...input } })
  return [errors[0]?.extensions.code, ...(errors[0]?.extensions.fields ?? []).map(({ path }) => path)]
}

it('a factory is taken in and changed, and every change is written down', async () => {
  const made = await upsert({})
  const { contactEmail: _, ...shown } = factoryInput
  expect(made).toMatchObject({ ...shown, isActive: true, currentLoad: 0, rating: 0 })
  const changed = await upsert(
    { capacity: 7, name: 'South Print', isActive: false, webhookUrl: 'https://93.184.216.34/secret' },
    made.id,
  )
  expect(changed).toMatchObject({ id: made.id, capacity: 7, name: 'South Print', isActive: false })
  const deeds = await prisma.auditEntry.findMany({ where: { subjectId: made.id }, orderBy: { occurredAt: 'asc' } })
  expect(deeds).toMatchObject([
    { action: 'factory.create', actorId: admin.id, subjectType: 'Factory' },
    {
      action: 'factory.update',
      changes: {
        capacity: { from: 100, to: 7 },
        name: { from: 'North Print', to: 'South Print' },
        isActive: { from: true, to: false },
        webhookHost: { from: null, to: '93.184.216.34' },
      },
    },
  ])
  expect(JSON.stringify(deeds)).not.toMatch(/secret|example\.com/)
})

it('a capacity below what it works on is a CONFLICT and changes nothing, and an unknown one is NOT_FOUND', async () => {
  const { id } = await upsert({})
  await prisma.factory.update({ where: { id }, data: { currentLoad: 3 } })
  expect(await admin.client.codeOf(UPSERT, { id, input: { ...factoryInput, capacity: 2 } })).toBe('CONFLICT')
  expect((await upsert({ capacity: 3 }, id)).id).toBe(id)
  expect(await admin.client.codeOf(UPSERT, { id: newId(), input: factoryInput })).toBe('NOT_FOUND')
})

describe('wrong input is named by field', () => {
  it('all of it at once', async () => {
    const input = {
      name: ' ',
      location: 'x'.repeat(201),
      specializations: [],
      capacity: 0,
      leadTimeDays: 366,
      serviceLevel: 6,
      contactEmail: 'nobody',
      webhookUrl: 'ftp://example.com',
    }
    const [code, ...paths] = await wrong(input)
    expect(code).toBe('BAD_USER_INPUT')
    expect(paths.sort()).toEqual(
      Object.keys(input)
        .map((name) => `input.${name}`)
        .sort(),
    )
  })

  it.each([
    [{ specializations: ['DIGITAL'] }, 'input.specializations'],
    [{ specializations: ['BANNER', 'BANNER'] }, 'input.specializations'],
    [{ capacity: 10_001 }, 'input.capacity'],
    [{ webhookUrl: 'http://93.184.216.34/' }, 'input.webhookUrl'],
    [{ webhookUrl: 'https://me:you@93.184.216.34/' }, 'input.webhookUrl'],
    [{ webhookUrl: 'https://127.0.0.1/' }, 'input.webhookUrl'],
    [{ webhookUrl: 'https://localhost/' }, 'input.webhookUrl'],
    [{ webhookUrl: 'https://10.0.0.1/' }, 'input.webhookUrl'],
    [{ webhookUrl: 'https://169.254.169.254/' }, 'input.webhookUrl'],
    [{ webhookUrl: 'https://100.64.0.1/' }, 'input.webhookUrl'],
    [{ webhookUrl: 'https://224.0.0.1/' }, 'input.webhookUrl'],
    [{ webhookUrl: 'https://[::ffff:10.0.0.1]/' }, 'input.webhookUrl'],
    [{ webhookUrl: 'https://no-such-host.invalid/' }, 'input.webhookUrl'],
  ])('%j', async (input, path) => {
    const before = await prisma.factory.count()
    expect(await wrong(input)).toEqual(['BAD_USER_INPUT', path])
    expect(await prisma.factory.count()).toBe(before)
  })
})
