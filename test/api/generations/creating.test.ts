import { describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { CREATE, type Generation } from './documents.js'
import { left, request } from './drawing.js'

let customer: TestAccount

const server = await startTestServer()

describe('asking for a generation', () => {
  test('answers at once with a pending one and takes its images off the quota', async () => {
    customer = await openAccount(server)
    expect(await left(customer.client)).toBe(5)

    const generation = await request(customer.client, {
      prompt: '  A red bicycle  ',
      negativePrompt: ' ',
      imageCount: 2,
      style: 'malevich',
    })

    expect(generation).toMatchObject({
      status: 'PENDING',
      failure: null,
      prompt: 'A red bicycle',
      negativePrompt: null,
      enhancedPrompt: null,
      style: 'malevich',
      width: 256,
      height: 256,
      imageCount: 2,
      progress: 0,
      owner: { id: customer.id },
      images: [],
    })
    expect(await left(customer.client)).toBe(3)
  })

  test('puts the prompt into better words when that is asked for', async () => {
    const { client } = await openAccount(server)
    const [styled, plain] = [
      await request(client, { enhancePrompt: true, style: 'cyberpunk' }),
      await request(client, { enhancePrompt: true }),
    ]
    expect(styled.enhancedPrompt).toMatch(/^A red bicycle, ./)
    expect(plain.enhancedPrompt).toMatch(/^A red bicycle, ./)
    expect(styled.enhancedPrompt).not.toBe(plain.enhancedPrompt)
  })

  test('twenty times at once reserves the five images of the free plan and refuses the rest', async () => {
    const { id, client } = await openAccount(server)
    const input = { prompt: 'A red bicycle', width: 256, height: 256 }
    const codes = await Promise.all(Array.from({ length: 20 }, () => client.codeOf(CREATE, { input })))

    expect(codes.filter((code) => code === 'ok')).toHaveLength(5)
    expect(codes.filter((code) => code === 'QUOTA_EXCEEDED')).toHaveLength(15)
    expect(await left(client)).toBe(0)
    const { prisma } = server.platform.database
    expect(await prisma.generation.count({ where: { ownerId: id } })).toBe(5)
    expect(await prisma.quotaReservation.count({ where: { generation: { ownerId: id } } })).toBe(5)
  })

  test('for more images than are left takes none', async () => {
    const { client } = await openAccount(server)
    await request(client, { imageCount: 3 })
    expect(await client.codeOf(CREATE, { input: { prompt: 'A red bicycle', imageCount: 3 } })).toBe('QUOTA_EXCEEDED')
    expect(await left(client)).toBe(2)
  })

  test('under one key at once is one generation', async () => {
    const { client } = await openAccount(server)
    const generations = await Promise.all(Array.from({ length: 6 }, () => request(client, { idempotencyKey: 'once' })))
    expect(new Set(generations.map(({ id }) => id)).size).toBe(1)
    expect(await left(client)).toBe(4)
  })

  test('under a key with another input is a conflict', async () => {
    const { client } = await openAccount(server)
    await request(client, { idempotencyKey: 'once' })
    const input = { prompt: 'A blue bicycle', width: 256, height: 256, idempotencyKey: 'once' }
    expect(await client.codeOf(CREATE, { input })).toBe('IDEMPOTENCY_CONFLICT')
  })

  test('names every wrong field at once', async () => {
    const { client } = await openAccount(server)
    const { errors } = await client.ask(CREATE, {
      input: {
        prompt: '  ab  ',
        negativePrompt: 'x'.repeat(1001),
        style: 'baroque',
        model: 'nobody-knows',
        width: 1000,
        height: 2112,
        imageCount: 5,
        idempotencyKey: ' ',
      },
    })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    const paths = errors[0]?.extensions.fields?.map(({ path }) => path)
    const names = ['prompt', 'negativePrompt', 'style', 'model', 'width', 'height', 'imageCount', 'idempotencyKey']
    expect(new Set(paths)).toEqual(new Set(names.map((name) => `input.${name}`)))
    expect(await left(client)).toBe(5)
  })

  test.each([
    [{ width: 192 }, 'input.width'],
    [{ width: 256 }, null],
    [{ height: 2112 }, 'input.height'],
    [{ height: 300 }, 'input.height'],
    [{ imageCount: 0 }, 'input.imageCount'],
    [{ prompt: 'abc' }, null],
    [{ prompt: 'я'.repeat(1000) }, null],
    [{ prompt: 'я'.repeat(1001) }, 'input.prompt'],
  ])('with %j', async (part, wrong) => {
    const { client } = await openAccount(server)
    const { errors } = await client.ask(CREATE, {
      input: { prompt: 'A red bicycle', width: 256, height: 256, ...part },
    })
    expect(errors[0]?.extensions.fields?.[0]?.path ?? null).toBe(wrong)
  })

  test('is for those who signed in', async () => {
    const visitor = new TestClient(server)
    expect(await visitor.codeOf(CREATE, { input: { prompt: 'A red bicycle' } })).toBe('UNAUTHENTICATED')
  })

  test('a guest may do once', async () => {
    const { id, client } = await openAccount(server)
    await server.platform.database.prisma.user.update({ where: { id }, data: { isGuest: true } })
    const input = { prompt: 'A red bicycle', width: 256, height: 256 }
    const { data } = await client.ask<{ createGeneration: Generation }>(CREATE, { input })
    expect(data?.createGeneration.status).toBe('PENDING')
    expect(await client.codeOf(CREATE, { input })).toBe('QUOTA_EXCEEDED')
  })
})

test('everybody may see what can be chosen', async () => {
  const { generationOptions } = await new TestClient(server).get<{
    generationOptions: {
      models: string[]
      styles: { id: string; name: string }[]
      sizes: { id: string; width: number; height: number }[]
      maxPromptLength: number
    }
  }>(
    'query Options { generationOptions { models styles { id name previewUrl } sizes { id name width height } maxPromptLength } }',
  )

  expect(generationOptions.models).toEqual(['adtime-poster'])
  expect(generationOptions.maxPromptLength).toBe(1000)
  expect(generationOptions.styles.map(({ id }) => id).sort()).toEqual([
    'classicism',
    'cyberpunk',
    'detailed',
    'kandinsky',
    'khokhloma',
    'malevich',
    'portrait',
  ])
  expect(generationOptions.styles.every(({ name }) => /[а-яё]/i.test(name))).toBe(true)
  expect(generationOptions.sizes.map(({ id, width, height }) => `${id} ${width}x${height}`)).toEqual([
    '1:1 1024x1024',
    '16:9 1024x576',
    '9:16 576x1024',
    '3:2 960x640',
    '2:3 640x960',
  ])
})
