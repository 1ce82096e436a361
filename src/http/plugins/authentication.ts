import jwt from '@fastify/jwt'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

import {
  hashSecret,
  readBearerToken,
  readSecret,
  secretsEqual
} from '../../security/credentials.ts'
import type { Database } from '../../database/client.ts'
import { mayUse } from '../../domain/access/permissions.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import type {
  Access,
  OperatorPrincipal,
  Principal,
  TenantPrincipal
} from '../../domain/access/permissions.ts'
import { Problem, problems } from '../problems.ts'
import { findKeyIdentity, findUserIdentity } from '../../repositories/access/principals.ts'
import type { DealerBasics, Identity } from '../../repositories/access/principals.ts'
import { RecentResults } from './recent-results.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication hook for every route that is not public. */
    principal: Principal | null
    /** The caller's dealer, as far as reading a request needs it. */
    dealer: DealerBasics | null
    /** The caller's own language. Null: the dealer's. */
    ownLocale: Locale | null
    /** Why the caller may not use the route. */
    refusal: Problem | null
  }
  interface FastifyContextConfig {
    access?: Access
  }
}

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: { sub: string; dealer: string }
    user: { sub: string; dealer: string }
  }
}

interface AuthenticationOptions {
  db: Database
  now: () => Date
  /** Signs access tokens. */
  secret: string
  operatorToken: string | null
  accessTokenSeconds: number
  /** How long who a credential is stays remembered: after this, a revoked one is refused. */
  rememberedMs: number
}

const REMEMBERED_MOST = 10_000

const ISSUER = 'leadyard'

/** Every route says in its config who may use it; one that does not is refused at registration. */
export const authentication = fp(
  async (app: FastifyInstance, options: AuthenticationOptions) => {
    await app.register(jwt, {
      secret: options.secret,
      sign: { algorithm: 'HS256', iss: ISSUER, aud: ISSUER, expiresIn: options.accessTokenSeconds },
      verify: { algorithms: ['HS256'], allowedIss: ISSUER, allowedAud: ISSUER }
    })
    const remembered = new RecentResults<Identity | OperatorIdentity | null>(
      options.rememberedMs,
      REMEMBERED_MOST
    )
    app.decorateRequest('principal', null)
    app.decorateRequest('dealer', null)
    app.decorateRequest('ownLocale', null)
    app.decorateRequest('refusal', null)
    app.addHook('onRoute', (route) => {
      if (route.config?.access === undefined && route.url.startsWith('/v1')) {
        throw new TypeError(`${String(route.method)} ${route.url} does not say who may use it`)
      }
    })
    app.addHook('onRequest', async (request) => {
      const { access } = request.routeOptions.config
      if (access === undefined || access.kind === 'public') return
      const token = readCredential(request)
      const identity =
        token instanceof Problem
          ? null
          : await remembered.get(hashSecret(token), () => identify(app, options, token))
      if (identity === null) {
        request.refusal =
          token instanceof Problem ? token : problems.unauthenticated(neededBy(access))
        return
      }
      request.principal = identity.principal
      request.dealer = identity.dealer
      request.ownLocale = identity.locale
      if (!mayUse(identity.principal, access)) {
        request.refusal = problems.forbidden(lackOf(identity.principal, access))
      }
    })
    // After the rate limits, which are hooks of each route: refused requests count.
    app.addHook('preParsing', async (request) => {
      if (request.refusal) throw request.refusal
    })
  },
  { name: 'authentication' }
)

/** The credential that an operation asks for; undefined: the usual ones. */
function neededBy({ kind }: Access): string | undefined {
  return kind === 'operator'
    ? 'Send the operator token as a bearer token: the setting LEADYARD_OPERATOR_TOKEN of the service.'
    : undefined
}

/** What the credential of a caller lacks for an operation; undefined: it is of the wrong kind. */
function lackOf(principal: Principal, access: Access): string | undefined {
  if (access.kind !== 'tenant' || principal.kind === 'operator') return undefined
  if (principal.kind === 'key') {
    return access.scope === null
      ? 'This is for users, not for API keys.'
      : `The API key needs the scope ${access.scope}.`
  }
  if (access.role === null) return 'This is for API keys, not for users.'
  return access.role === 'member'
    ? `The user needs the grant ${access.grant ?? ''}.`
    : `The user needs the role ${access.role}.`
}

/** The caller of a route that only a dealer's users and keys may use. */
export function tenantOf(request: FastifyRequest): TenantPrincipal {
  const { principal } = request
  if (principal === null || principal.kind === 'operator') throw problems.unauthenticated()
  return principal
}

/** The caller's dealer, as far as reading a request needs it. */
export function dealerOf(request: FastifyRequest): DealerBasics {
  if (request.dealer === null) throw problems.unauthenticated()
  return request.dealer
}

/** The language of sentences in a response: the user's own or the dealer's; for an operator, English. */
export function localeOf(request: FastifyRequest): Locale {
  return request.ownLocale ?? request.dealer?.locale ?? 'en'
}

/** The credential that a request shows. An API key may come in a header of its own. */
function readCredential({ headers }: FastifyRequest): string | Problem {
  const bearer = readBearerToken(headers.authorization)
  const apiKey = headers['x-api-key']
  if (apiKey === undefined && bearer !== null) return bearer
  if (typeof apiKey !== 'string' || readSecret('lk_live_', apiKey) === null) {
    return problems.unauthenticated()
  }
  if (headers.authorization !== undefined && bearer !== apiKey) {
    return problems.unauthenticated('Authorization and X-API-Key differ. Send one of the two.')
  }
  return apiKey
}

interface OperatorIdentity {
  principal: OperatorPrincipal
  dealer: null
  locale: null
}

async function identify(
  app: FastifyInstance,
  { db, now, operatorToken }: AuthenticationOptions,
  token: string
): Promise<Identity | OperatorIdentity | null> {
  if (operatorToken !== null && secretsEqual(token, operatorToken)) {
    return { principal: { kind: 'operator' }, dealer: null, locale: null }
  }
  const key = readSecret('lk_live_', token)
  if (key) return await findKeyIdentity(db, key, now())
  const claims = verifyAccessToken(app, token)
  return claims && findUserIdentity(db, { dealerId: claims.dealer, userId: claims.sub })
}

function verifyAccessToken(app: FastifyInstance, token: string) {
  try {
    return app.jwt.verify<{ sub: string; dealer: string }>(token)
  } catch {
    return null
  }
}
