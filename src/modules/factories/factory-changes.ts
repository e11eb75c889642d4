import type { Factory } from '../../generated/prisma/client.js'

export type FactoryFacts = Pick<
  Factory,
  'name' | 'location' | 'specializations' | 'capacity' | 'leadTimeDays' | 'serviceLevel' | 'contactEmail' | 'isActive'
> & {
  /** Absent: it stays. */
  readonly webhookUrl?: string | null
}

/** What became of each field that changed, for the audit log: of a URL the host alone, since the rest may be a secret. */
export function changesOf(before: Factory | null, after: FactoryFacts): Record<string, { from: unknown; to: unknown }> {
  const { contactEmail: _, webhookUrl, ...plain } = after
  const changes: Record<string, { from: unknown; to: unknown }> = {}
  for (const [name, to] of Object.entries(plain)) {
    const from = before?.[name as keyof typeof plain] ?? null
    if (String(from) !== String(to)) changes[name] = { from, to }
  }
  const formerUrl = before?.webhookUrl ?? null
  if (webhookUrl !== undefined && webhookUrl !== formerUrl)
    changes.webhookHost = { from: hostOf(formerUrl), to: hostOf(webhookUrl) }
  return changes
}

const hostOf = (url: string | null): string | null => (url === null ? null : new URL(url).host)
