import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import type { Database, Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { dealerOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Passwords } from '../../../security/passwords.ts'
import { findApiKey } from '../../../repositories/access/api-keys.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { findPasswordHash, findUser } from '../../../repositories/access/users.ts'
import { MeSchema, presentMe } from '../../../schemas/access/authentication.ts'
import { ref } from '../../../schemas/shared.ts'
import {
  PatchMeSchema,
  UserSchema,
  presentUser,
  readRouting
} from '../../../schemas/access/user.ts'
import { changeSelf } from '../../../use-cases/access/change-self.ts'
import { readPhoneNumber } from '../../../http/checked-fields.ts'
import { setVersion } from '../../../http/conventions.ts'
import { read, sendChanged } from '../../../http/resources.ts'
import type { FailedSignIns } from '../../../http/failed-sign-ins.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

/** The caller, and the changes of the caller's own account. */
export const meRoutes: FastifyPluginAsyncTypebox<RouteOptions & { failed: FailedSignIns }> = async (
  app,
  { db, now, passwords, failed, mailDomain }
) => {
  app.get(
    '/me',
    operation({
      id: 'getMe',
      tag: 'Authentication',
      summary: 'Read the caller',
      access: access.tenant('member', 'any'),
      responses: {
        200: ref(MeSchema, 'The user or the API key of the credentials, and the dealer.')
      },
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { who, dealer } = await read(db, request, async (tx) => ({
        who: await findSelf(tx, principal),
        dealer: await findDealer(tx)
      }))
      if (!who || !dealer) throw problems.unauthenticated()
      setVersion(reply, 'user' in who ? who.user.version : who.apiKey.version)
      return presentMe(who, dealer)
    }
  )

  app.patch(
    '/me',
    operation({
      id: 'updateMe',
      tag: 'Authentication',
      summary: 'Change your own account',
      description:
        'You can change your name, phone, absences, language, spoken languages and password. Owners and ' +
        'admins change roles, teams and grants. A new password needs the current password, ' +
        'and ends all your sessions.',
      access: access.tenant('member', null),
      body: ref(PatchMeSchema),
      responses: { 200: ref(UserSchema, 'The changed account.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { absences, password, currentPassword, ...rest } = request.body
      const { country, timeZone } = dealerOf(request)
      const { phone } = rest
      const proof = await readNewPassword(request, {
        db,
        passwords,
        failed,
        password,
        currentPassword
      })
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeSelf(db, {
            ...command,
            ...proof,
            mailDomain,
            change: {
              ...rest,
              ...(phone === undefined ? {} : { phone: readPhoneNumber(phone, country) }),
              ...readRouting({ absences }, timeZone)
            },
            fields: Object.keys(request.body).filter((field) => field !== 'currentPassword')
          }),
        present: presentUser
      })
    }
  )
}

async function findSelf(tx: Transaction, principal: TenantPrincipal) {
  if (principal.kind === 'user') {
    const user = await findUser(tx, principal.id)
    return user && { user }
  }
  const apiKey = await findApiKey(tx, principal.id)
  return apiKey && { apiKey }
}

/** A stolen access token alone must not be enough to take an account over, nor to guess its password. */
async function readNewPassword(
  request: FastifyRequest,
  {
    db,
    passwords,
    failed,
    password,
    currentPassword
  }: {
    db: Database
    passwords: Passwords
    failed: FailedSignIns
    password: string | undefined
    currentPassword: string | undefined
  }
): Promise<{ passwordHash?: string; provenHash: string | null }> {
  if (password === undefined) return { provenHash: null }
  if (currentPassword === undefined) {
    throw problems.validation([{ pointer: '/currentPassword', message: 'is required' }])
  }
  const provenHash = await read(db, request, (tx, { id }) => findPasswordHash(tx, id))
  const { id } = tenantOf(request)
  await failed.begin(id, request.ip)
  if (!(await passwords.verify(currentPassword, provenHash))) {
    throw problems.validation([{ pointer: '/currentPassword', message: 'is wrong' }])
  }
  await failed.succeed(id, request.ip)
  return { passwordHash: await passwords.hash(password), provenHash }
}
