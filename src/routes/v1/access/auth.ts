import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'

import { accept } from '../../../http/resources.ts'
import {
  RefreshSchema,
  SignInSchema,
  TokensSchema
} from '../../../schemas/access/authentication.ts'
import { emailKey } from '../../../schemas/leads/contact-point.ts'
import { ref } from '../../../schemas/shared.ts'
import { refreshSession } from '../../../use-cases/access/refresh-session.ts'
import { signIn } from '../../../use-cases/access/sign-in.ts'
import { signOut } from '../../../use-cases/access/sign-out.ts'
import type { Session } from '../../../use-cases/access/steps/continue-session.ts'
import { FailedSignIns } from '../../../http/failed-sign-ins.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { meRoutes } from './me.ts'

/** Access and refresh tokens, and who the caller is. */
export const authRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now, passwords, refreshTokenSeconds } = options
  const failed = new FailedSignIns(db)
  await app.register(meRoutes, { ...options, failed })

  app.post(
    '/auth/token',
    operation({
      id: 'createToken',
      tag: 'Authentication',
      summary: 'Sign in',
      description:
        'Returns an access token and a refresh token for a slug of a dealer, an e-mail ' +
        'address and a password. The response to wrong credentials does not say which of ' +
        'the three is wrong. After too many failures the response is 429.',
      access: access.anyone,
      body: ref(SignInSchema),
      responses: { 200: ref(TokensSchema, 'The tokens of the new session.') },
      problems: ['unauthenticated']
    }),
    async (request) => {
      const { dealer, email, password } = request.body
      const account = `${dealer} ${emailKey(email)}`
      await failed.begin(account, request.ip)
      const session = accept(
        await signIn(db, {
          dealerSlug: dealer,
          email: emailKey(email),
          password,
          now: now(),
          refreshTokenSeconds,
          passwords
        })
      )
      await failed.succeed(account, request.ip)
      return presentTokens(app, session, options)
    }
  )

  app.post(
    '/auth/refresh',
    operation({
      id: 'refreshToken',
      tag: 'Authentication',
      summary: 'Refresh the tokens',
      description:
        'A refresh token can be used once. A second use ends the session, because the token ' +
        'may be stolen.',
      access: access.anyone,
      body: ref(RefreshSchema),
      responses: { 200: ref(TokensSchema, 'The new tokens.') },
      problems: ['unauthenticated']
    }),
    async (request) => {
      const { refreshToken } = request.body
      const session = accept(
        await refreshSession(db, { refreshToken, now: now(), refreshTokenSeconds })
      )
      return presentTokens(app, session, options)
    }
  )

  app.post(
    '/auth/logout',
    operation({
      id: 'signOut',
      tag: 'Authentication',
      summary: 'Sign out',
      description:
        'Ends the session of a refresh token. The response is the same for an unknown ' +
        'token. The access token stays valid until it expires.',
      access: access.anyone,
      body: ref(RefreshSchema),
      responses: { 204: Type.Null({ description: 'The session has ended.' }) }
    }),
    async (request, reply) => {
      await signOut(db, { refreshToken: request.body.refreshToken, now: now() })
      return reply.code(204).send(null)
    }
  )
}

function presentTokens(
  app: FastifyInstance,
  { userId, dealerId, refreshToken }: Session,
  { accessTokenSeconds }: RouteOptions
) {
  return {
    accessToken: app.jwt.sign({ sub: userId, dealer: dealerId }),
    refreshToken,
    tokenType: 'Bearer' as const,
    expiresIn: accessTokenSeconds
  }
}
