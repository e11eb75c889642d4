import { newId } from '../../../src/kernel/ids.js'
import { PasswordHasher, type PasswordRecord } from '../../../src/modules/auth/index.js'
import { newSecret, secretHash } from '../../../src/platform/secrets/one-time-secret.js'
import { TestClient } from '../../testkit/client.js'
import type { TestServer } from '../../testkit/server.js'
import { PASSWORD } from '../auth/operations.js'
import { type ViewerKind, type ViewerName, viewerNames, viewers } from './viewers.js'

/** Somebody who calls. */
export interface Caller {
  readonly id: string
  /** Null for visitors. */
  readonly token: string | null
  readonly sessionId: string
  /** Continues the session; was not used yet. */
  readonly refreshToken: string
  readonly email: string
}

export interface Workplaces {
  readonly own: string
  readonly foreign: string
}

const KEY_NAME = 'castings'
const DAY = 86_400_000
const ENTER = /* GraphQL */ `
  mutation EnterAsMember($refreshToken: String!) {
    refreshToken(refreshToken: $refreshToken) { token { accessToken refreshToken } }
  }`

const nobody: Caller = { id: newId(), token: null, sessionId: newId(), refreshToken: '', email: 'nobody@example.test' }

/** Lets people in by the dozen: their rows are written, and only their tokens asked for. The password of all is PASSWORD. */
export class Casting {
  private constructor(
    private readonly server: TestServer,
    private readonly workplaces: Workplaces,
    private readonly password: PasswordRecord,
  ) {}

  static async open(server: TestServer, workplaces: Workplaces): Promise<Casting> {
    const hasher = new PasswordHasher(server.platform.secrets.passwordPeppers)
    return new Casting(server, workplaces, await hasher.hash(PASSWORD))
  }

  /** One of each. */
  async all(): Promise<Readonly<Record<ViewerName, Caller>>> {
    const entered = await Promise.all(viewerNames.map(async (name) => [name, await this.enter(name)] as const))
    return Object.fromEntries(entered) as Record<ViewerName, Caller>
  }

  /** A new one of this kind. */
  async enter(name: ViewerName): Promise<Caller> {
    const kind: ViewerKind | null = viewers[name]
    if (!kind) return nobody
    const person = await this.write(name, kind)
    if (kind.isMachine) return { ...person, ...(await this.giveKey(person.id, kind)) }
    return { ...person, ...(await this.signIn(person.id)) }
  }

  /** One more session of an account. */
  async signIn(userId: string): Promise<Pick<Caller, 'token' | 'sessionId' | 'refreshToken'>> {
    const { prisma } = this.server.platform.database
    const [sessionId, secret, now] = [newId(), newSecret(), new Date()]
    await prisma.session.create({
      data: {
        id: sessionId,
        userId,
        createdAt: now,
        lastUsedAt: now,
        refreshTokens: {
          create: { tokenHash: secretHash(secret), issuedAt: now, expiresAt: new Date(now.getTime() + DAY) },
        },
      },
    })
    const { refreshToken } = await new TestClient(this.server).get<{
      refreshToken: { token: { accessToken: string; refreshToken: string } }
    }>(ENTER, { refreshToken: secret })
    return { sessionId, token: refreshToken.token.accessToken, refreshToken: refreshToken.token.refreshToken }
  }

  // A key stands for a session, and nothing continues it.
  private async giveKey(userId: string, { worksAt = 'own' }: ViewerKind) {
    const [id, now] = [newId(), new Date()]
    const prefix = `adtime_fk_${KEY_NAME}`
    const token = `${prefix}_${newSecret()}`
    const key = { id, userId, factoryId: this.workplaces[worksAt], createdById: userId, createdAt: now }
    await this.server.platform.database.prisma.factoryKey.create({
      data: { ...key, prefix, tokenHash: secretHash(token) },
    })
    return { sessionId: id, token, refreshToken: '' }
  }

  private async write(name: ViewerName, { role, isGuest = false, isMachine = false, worksAt }: ViewerKind) {
    const { prisma } = this.server.platform.database
    const [id, now] = [newId(), new Date()]
    const email = `${name}-${id}@example.test`
    const digits = String(Number.parseInt(id.replaceAll('-', '').slice(-12), 16))
      .padStart(9, '0')
      .slice(-9)
    await prisma.user.create({
      data: {
        id,
        role,
        isGuest,
        isMachine,
        displayName: `The ${name}`,
        createdAt: now,
        factoryId: worksAt ? this.workplaces[worksAt] : null,
        ...(!isGuest &&
          !isMachine && {
            email,
            phone: `+79${digits}`,
            telegramId: id,
            credential: { create: { ...this.password, updatedAt: now } },
          }),
      },
    })
    return { id, email }
  }
}
