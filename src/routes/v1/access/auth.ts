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
  const failed = new FailedSignIns(now)
  await app.register(meRoutes, { ...options, failed })

  app.post(
    '/auth/token',
    operation({
      id: 'createToken',
      tag: 'Authentication',
      summary: 'Sign in',
      description:
        "A user's access and refresh token, for the dealer's slug, an e-mail address and a password. " +
        'The answer to a wrong one does not say which was wrong; too many of them answer 429.',
      access: access.anyone,
      body: ref(SignInSchema),
      responses: { 200: ref(TokensSchema, 'Signed in.') },
      problems: ['unauthenticated']
    }),
    async (request) => {
      const { dealer, email, password } = request.body
      const account = `${dealer} ${emailKey(email)}`
      failed.begin(account, request.ip)
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
      failed.succeed(account, request.ip)
      return presentTokens(app, session, options)
    }
  )

  app.post(
    '/auth/refresh',
    operation({
      id: 'refreshToken',
      tag: 'Authentication',
      summary: 'Go on with the next pair of tokens',
      description:
        'Every refresh token is good once. One used again ends the whole session, because one of its ' +
        'two users is not who they say.',
      access: access.anyone,
      body: ref(RefreshSchema),
      responses: { 200: ref(TokensSchema, 'The next pair.') },
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
        'Ends the session of a refresh token, known or not. Its access token runs out by itself.',
      access: access.anyone,
      body: ref(RefreshSchema),
      responses: { 204: Type.Null({ description: 'The session, if there was one, has ended.' }) }
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
