import { StoryProblem } from './story-problem.js'

const LIMIT_MS = 15_000

/** Opens a checkout page and presses one of its buttons, as a browser without scripts does. @returns the next page's heading */
export async function visitCheckout(url: string, action: 'pay' | 'decline' | 'later'): Promise<string> {
  const page = await open(url)
  const form = /<form\b[^>]*>[\s\S]*?<\/form>/.exec(page)?.[0] ?? ''
  const buttons = tags(form, 'button').filter(({ name, value }) => name === 'action' && value === action)
  if (buttons.length !== 1) throw new StoryProblem(`The checkout page has no button for "${action}".`)
  const [{ action: target = '', method = 'get' } = {}] = tags(form, 'form')
  const fields = new URLSearchParams({ action })
  for (const { name, value = '' } of tags(form, 'input')) if (name) fields.append(name, value)
  return textOf(await open(new URL(target, url).href, { method: method.toUpperCase(), body: fields }), 'h1')
}

async function open(url: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(LIMIT_MS) })
  if (!response.ok) throw new StoryProblem(`The checkout page answered ${response.status} to ${init.method ?? 'GET'}.`)
  return response.text()
}

/** The attributes of each element of a kind. The page is ours: every value stands in double quotes. */
function tags(html: string, element: string): Partial<Record<string, string>>[] {
  return [...html.matchAll(new RegExp(`<${element}\\b([^>]*)>`, 'g'))].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    ),
  )
}

const textOf = (html: string, element: string): string =>
  new RegExp(`<${element}\\b[^>]*>([^<]*)<`).exec(html)?.[1]?.trim() ?? ''
