import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { ROLES } from '../../../domain/access/permissions.ts'
import { FieldCheck, readPhoneNumber } from '../../../http/checked-fields.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { dealerOf } from '../../../http/plugins/authentication.ts'
import { sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'
import { findUser, listUsers } from '../../../repositories/access/users.ts'
import {
  CreateUserSchema,
  PatchUserSchema,
  UserPageSchema,
  UserSchema,
  presentUser,
  readRouting
} from '../../../schemas/access/user.ts'
import { readWorkingHours } from '../../../schemas/clock/working-hours.ts'
import { NamedTeams, WordList } from '../../../schemas/named.ts'
import {
  IdParams,
  closed,
  oldestFirst,
  pageQuery,
  ref,
  requiredText
} from '../../../schemas/shared.ts'
import { changeUser } from '../../../use-cases/access/change-user.ts'
import { createUser } from '../../../use-cases/access/create-user.ts'
import type { CreateUser } from '../../../use-cases/access/create-user.ts'

const UserQuery = Type.Object(
  {
    ...pageQuery,
    ...oldestFirst,
    active: Type.Optional(Type.Boolean()),
    role: Type.Optional(WordList(ROLES)),
    team: Type.Optional(NamedTeams()),
    q: Type.Optional(
      requiredText(
        100,
        'The beginning of a word of the name, or the beginning of the e-mail address.'
      )
    )
  },
  closed
)

/** A dealer's team members. */
export const userRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, passwords, mailDomain }
) => {
  app.post(
    '/users',
    operation({
      id: 'createUser',
      tag: 'Users',
      summary: 'Create a user',
      description:
        'Owners create users with any role. Admins, and keys with `admin`, create members.',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateUserSchema),
      responses: { 201: ref(UserSchema, 'The user.') },
      shows: { 201: { absences: [] } },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const { password = null, queues = null, ...content } = request.body
      const user = readUser(content, dealerOf(request).country)
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          createUser(db, { ...command, user, password, queueIds: queues, passwords }),
        present: presentUser,
        location: ({ id }) => `/v1/users/${id}`
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
      responses: { 200: ref(UserPageSchema, 'A page of users.') },
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
      responses: { 200: ref(UserSchema, 'The user.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'user',
        find: (tx, id) => findUser(tx, id),
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
        'Owners change all users. Admins, and keys with `admin`, change members. All users ' +
        'change their own account with `PATCH /v1/me`. A deactivated user loses all ' +
        'sessions. The last active owner can’t be deactivated or get another role.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(PatchUserSchema),
      responses: { 200: ref(UserSchema, 'The changed user.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { absences, workingHours, password, phone, ...rest } = request.body
      const { country, timeZone } = dealerOf(request)
      const change = {
        ...rest,
        ...(phone === undefined ? {} : { phone: readPhoneNumber(phone, country) }),
        ...readRouting({ absences, workingHours }, timeZone)
      }
      const passwordHash = password === undefined ? undefined : await passwords.hash(password)
      const fields = Object.keys(request.body)
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeUser(db, {
            ...command,
            userId: request.params.id,
            change,
            passwordHash,
            fields,
            mailDomain
          }),
        present: presentUser
      })
    }
  )
}

type UserContent = Omit<Static<typeof CreateUserSchema>, 'password' | 'queues'>

function readUser(content: UserContent, country: string): CreateUser['user'] {
  const { name, role, workingHours = null, phone = null } = content
  const check = new FieldCheck()
  const email = check.emailKey('/email', content.email)
  check.finish()
  return {
    email,
    name,
    phone: readPhoneNumber(phone, country),
    role,
    team: content.team ?? null,
    grants: content.grants ?? [],
    workingHours: readWorkingHours(workingHours),
    capacityPerDay: content.capacityPerDay ?? null,
    locale: content.locale ?? null,
    languages: content.languages ?? []
  }
}
