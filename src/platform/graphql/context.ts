import type { ClassType, ContainerType } from 'type-graphql'
import type { Viewer } from '../../kernel/viewer.js'
import type { Logger } from '../observability/logger.js'
import type { BrowserCookies } from './browser-cookies.js'

/** What a resolver knows of the operation it is part of. */
export interface Context {
  readonly viewer: Viewer
  /** Stands in every error and log line of the operation. */
  readonly requestId: string
  /** The caller's address, as a trusted proxy reports it. */
  readonly ip: string | null
  readonly userAgent: string | null
  /** Null for callers that did not ask for cookies, and on sockets. */
  readonly cookies: BrowserCookies | null
  readonly log: Logger
  readonly container: ResolverContainer
}

/** The resolvers of this server, by class: the schema is the same for all servers of a process, what is behind it is not. */
export class ResolverContainer implements ContainerType {
  private readonly instances: ReadonlyMap<unknown, object>

  constructor(resolvers: readonly object[]) {
    this.instances = new Map(resolvers.map((resolver) => [resolver.constructor, resolver]))
  }

  get<Resolver extends object>(resolver: ClassType<Resolver>): Resolver {
    const instance = this.instances.get(resolver)
    if (!instance) throw new Error(`no room brought ${resolver.name}`)
    return instance as Resolver
  }
}
