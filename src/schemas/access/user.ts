import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { GRANTS, ROLES, TEAMS } from '../../domain/access/permissions.ts'
import type { User } from '../../domain/access/user.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, requiredText, text } from '../shared.ts'

export const USER_EXAMPLE = {
  id: '01938f2e-0002-7000-8000-000000000001',
  email: 'anna.nowak@example.pl',
  name: 'Anna Nowak',
  phone: '+48601234567',
  role: 'member',
  team: 'online_sales',
  grants: ['leads.unlink'],
  active: true,
  absentFrom: null,
  absentUntil: null,
  version: 1,
  createdAt: '2026-11-21T17:03:12.345Z',
  updatedAt: '2026-11-21T17:03:12.345Z'
} as const

export const UserSchema = Type.Object(
  {
    id: Id(),
    email: Type.String({ description: 'Lower-cased: what they sign in with, and get mail at.' }),
    name: Type.String(),
    phone: nullable(Type.String({ description: 'E.164 where it could be read.' })),
    role: oneOf(ROLES),
    team: nullable(oneOf(TEAMS)),
    grants: Type.Array(oneOf(GRANTS), { description: 'What a member may beyond the role.' }),
    active: Type.Boolean({ description: 'Inactive users can not sign in and are given no leads.' }),
    absentFrom: nullable(Instant('From then on they are given no leads.')),
    absentUntil: nullable(Instant('Null: until further notice.')),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  { $id: 'User', ...closed, examples: [USER_EXAMPLE] }
)

/** Length is what makes a password strong; more than 200 characters only cost time. */
export const Password = (description?: string) =>
  Type.String({ minLength: 12, maxLength: 200, ...(description ? { description } : {}) })

export const Email = () => requiredText(254, 'An e-mail address.')

export const Phone = () => text(60, 'In any written form.')

const changeable = {
  name: Type.Optional(requiredText()),
  phone: Type.Optional(nullable(Phone())),
  absentFrom: Type.Optional(nullable(Instant())),
  absentUntil: Type.Optional(nullable(Instant()))
}

const Grants = () => Type.Array(oneOf(GRANTS), { uniqueItems: true })

export const CreateUserSchema = Type.Object(
  {
    email: Email(),
    name: requiredText(),
    role: oneOf(ROLES),
    team: Type.Optional(nullable(oneOf(TEAMS))),
    grants: Type.Optional(Grants()),
    phone: Type.Optional(nullable(Phone())),
    password: Type.Optional(Password('Without one they can not sign in until it is set.')),
    queues: Type.Optional(
      Type.Array(Id(), { maxItems: 50, uniqueItems: true, description: 'Queues they belong to.' })
    )
  },
  {
    $id: 'CreateUser',
    ...closed,
    examples: [
      {
        email: 'anna.nowak@example.pl',
        name: 'Anna Nowak',
        role: 'member',
        team: 'online_sales',
        password: 'correct horse battery staple'
      }
    ]
  }
)

export const PatchUserSchema = Type.Object(
  {
    ...changeable,
    role: Type.Optional(oneOf(ROLES)),
    team: Type.Optional(nullable(oneOf(TEAMS))),
    grants: Type.Optional(Grants()),
    active: Type.Optional(Type.Boolean()),
    password: Type.Optional(Password('Ends every session of theirs.'))
  },
  { $id: 'PatchUser', ...closed, examples: [{ role: 'admin', team: null }] }
)

export const PatchMeSchema = Type.Object(
  {
    ...changeable,
    password: Type.Optional(Password('Ends every session, this one too.')),
    currentPassword: Type.Optional(requiredText(200, 'Needed to change the password.'))
  },
  {
    $id: 'PatchMe',
    ...closed,
    examples: [{ absentFrom: '2026-12-24T00:00:00Z', absentUntil: '2027-01-02T00:00:00Z' }]
  }
)

export const UserPageSchema = pageOf(UserSchema)

export const userSchemas = [
  UserSchema,
  CreateUserSchema,
  PatchUserSchema,
  PatchMeSchema,
  UserPageSchema
]

export function presentUser(user: User): Static<typeof UserSchema> {
  return {
    ...user,
    absentFrom: user.absentFrom?.toISOString() ?? null,
    absentUntil: user.absentUntil?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString()
  }
}

/** Times of an absence as the domain holds them; what was not sent stays out. */
export function readAbsence(body: {
  absentFrom?: string | null | undefined
  absentUntil?: string | null | undefined
}): Partial<Pick<User, 'absentFrom' | 'absentUntil'>> {
  const { absentFrom, absentUntil } = body
  return {
    ...(absentFrom === undefined ? {} : { absentFrom: toDate(absentFrom) }),
    ...(absentUntil === undefined ? {} : { absentUntil: toDate(absentUntil) })
  }
}

function toDate(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
