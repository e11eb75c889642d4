import type { FastifyInstance } from 'fastify'
import type { KeyRing } from './key-ring.js'

const FIVE_MINUTES = 300

/** GET /.well-known/jwks.json: the public keys of access tokens, for whoever wants to check one without asking us. */
export const jwksRoute =
  (keys: KeyRing) =>
  (app: FastifyInstance): void => {
    app.get('/.well-known/jwks.json', async (_request, reply) =>
      reply.header('cache-control', `public, max-age=${FIVE_MINUTES}`).send(await keys.jwks()),
    )
  }
