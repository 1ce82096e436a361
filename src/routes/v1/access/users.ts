import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { ROLES, TEAMS, mayChangeUser } from '../../../domain/access/permissions.ts'
import type { User } from '../../../domain/access/user.ts'
import { newId } from '../../../ids.ts'
import { dealerOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findUser, insertUser, joinQueues, listUsers } from '../../../repositories/access/users.ts'
import {
  IdParams,
  closed,
  oldestFirst,
  oneOf,
  pageQuery,
  ref,
  requiredText
} from '../../../schemas/shared.ts'
import {
  CreateUserSchema,
  PatchUserSchema,
  UserPageSchema,
  UserSchema,
  presentUser,
  readRouting
} from '../../../schemas/access/user.ts'
import { changeUser } from '../../../use-cases/access/change-user.ts'
import { readWorkingHours } from '../../../schemas/clock/working-hours.ts'
import { FieldCheck, checkHours, readPhoneNumber } from '../../../http/checked-fields.ts'
import { checkVersion, createOnce, setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendOne, sendPage } from '../../../http/resources.ts'
import { refuseUserChange } from './user-refusals.ts'

const UserQuery = Type.Object(
  {
    ...pageQuery,
    ...oldestFirst,
    active: Type.Optional(Type.Boolean()),
    role: Type.Optional(oneOf(ROLES)),
    team: Type.Optional(oneOf(TEAMS)),
    q: Type.Optional(
      requiredText(100, 'Beginning of a word of the name, or of the e-mail address.')
    )
  },
  closed
)

/** A dealer's team members. */
export const userRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, passwords }
) => {
  app.post(
    '/users',
    operation({
      id: 'createUser',
      tag: 'Users',
      summary: 'Add a user',
      description: 'Owners add everybody; admins, and keys with `admin`, add members.',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateUserSchema),
      answers: { 201: ref(UserSchema, 'The user.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { body } = request
      checkHours(body.workingHours)
      if (!mayChangeUser(principal, body.role)) throw refuseUserChange('forbidden')
      const check = new FieldCheck()
      const email = check.emailKey('/email', body.email)
      check.finish()
      const { country } = dealerOf(request)
      const { password } = body
      // Before the transaction begins: hashing takes longer than a lock may be held.
      const passwordHash = password === undefined ? null : await passwords.hash(password)
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const at = now()
        const user: User = {
          id: newId(),
          email,
          name: body.name,
          phone: readPhoneNumber(body.phone ?? null, country),
          role: body.role,
          team: body.team ?? null,
          grants: body.grants ?? [],
          active: true,
          absences: [],
          workingHours: readWorkingHours(body.workingHours ?? null),
          capacityPerDay: body.capacityPerDay ?? null,
          languages: body.languages ?? [],
          version: 1,
          createdAt: at,
          updatedAt: at
        }
        await insertUser(tx, { ...user, passwordHash })
        const queueIds = body.queues ?? []
        const unknown = await joinQueues(tx, { userId: user.id, queueIds, now: at })
        if (unknown !== null) {
          throw problems.validation([
            { pointer: `/queues/${unknown}`, message: 'is not a known queue' }
          ])
        }
        await recordEvents(tx, actorOf(principal), at, [
          {
            type: 'user.created',
            subject: { type: 'user', id: user.id },
            data: { role: user.role, queueIds }
          }
        ])
        return { body: presentUser(user), location: `/v1/users/${user.id}`, version: 1 }
      })
    }
  )

  app.get(
    '/users',
    operation({
      id: 'listUsers',
      tag: 'Users',
      summary: 'List users',
      access: access.tenant('member', 'read'),
      query: UserQuery,
      answers: { 200: ref(UserPageSchema, 'A page of users.') },
      paged: true
    }),
    async (request, reply) => {
      const { active, role, team, q } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page) => listUsers(tx, { active, role, team, q }, page),
        present: presentUser,
        defaultSort: 'createdAt'
      })
    }
  )

  app.get(
    '/users/:id',
    operation({
      id: 'getUser',
      tag: 'Users',
      summary: 'Read a user',
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: ref(UserSchema, 'The user.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'user',
        find: findUser,
        present: presentUser
      })
  )

  app.patch(
    '/users/:id',
    operation({
      id: 'updateUser',
      tag: 'Users',
      summary: 'Change a user',
      description:
        'Owners change everybody; admins, and keys with `admin`, change members; users change ' +
        'themselves at `/v1/me`. Deactivating somebody ends their sessions, and the last active ' +
        'owner stays one.',
      access: access.tenant('admin', 'admin'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchUserSchema),
      answers: { 200: ref(UserSchema, 'The user as they are now.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { absences, workingHours, password, ...words } = request.body
      checkHours(workingHours)
      const { phone } = words
      const { country } = dealerOf(request)
      const user = await changeUser(db, {
        principal,
        actor: actorOf(principal),
        userId: request.params.id,
        change: {
          ...words,
          ...(phone === undefined ? {} : { phone: readPhoneNumber(phone, country) }),
          ...readRouting({ absences, workingHours })
        },
        ...(password === undefined ? {} : { passwordHash: await passwords.hash(password) }),
        fields: Object.keys(request.body),
        checkVersion: (version) => {
          checkVersion(request, version)
        },
        now: now()
      })
      if (user === null) throw problems.notFound('user')
      if (typeof user === 'string') throw refuseUserChange(user)
      setVersion(reply, user.version)
      return presentUser(user)
    }
  )
}
