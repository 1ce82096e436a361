import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { GRANTS, ROLES, TEAMS } from '../../domain/access/permissions.ts'
import { dayTime, isDay } from '../../domain/clock/dealer-day.ts'
import type { DayEdge } from '../../domain/clock/dealer-day.ts'
import type { Absence, User } from '../../domain/access/user.ts'
import { LOCALES } from '../../domain/dealers/dealer.ts'
import { WorkingHoursSchema, readWorkingHours } from '../clock/working-hours.ts'
import { NamedTeam } from '../named.ts'
import { formed } from '../text-forms.ts'
import {
  DayFrom,
  DayTo,
  Id,
  Instant,
  LANGUAGE_PATTERN,
  closed,
  nullable,
  oneOf,
  pageOf,
  ref,
  requiredText,
  text,
  wordsText
} from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const USER_EXAMPLE = {
  id: EXAMPLE_IDS.user,
  email: 'anna.nowak@example.pl',
  name: 'Anna Nowak',
  phone: '+48601234567',
  role: 'member',
  team: 'online_sales',
  grants: ['leads.unlink'],
  active: true,
  absences: [{ from: '2026-12-24T00:00:00.000Z', until: '2027-01-02T00:00:00.000Z' }],
  workingHours: null,
  capacityPerDay: 25,
  locale: null,
  languages: ['pl', 'en'],
  version: 1,
  createdAt: '2026-11-21T17:03:12.345Z',
  updatedAt: '2026-11-21T17:03:12.345Z'
} as const

const AbsenceSchema = Type.Object(
  {
    from: Instant('The time from which the user is assigned no leads.'),
    until: nullable(Instant('The end of the absence, excluded. Null: no end.'))
  },
  closed
)

const AbsenceInputSchema = Type.Object(
  {
    from: DayFrom('The time from which the user is assigned no leads.'),
    until: nullable(
      DayTo('The end of the absence: a time that is not included, or a day that is. Null: no end.')
    )
  },
  closed
)

const LANGUAGES = 'The languages that the user speaks with customers. BCP 47.'

const OwnLocale = () =>
  oneOf(
    LOCALES,
    'The language of the user’s mails, pages and sentences in responses. Null: the dealer’s.'
  )

const Languages = () =>
  Type.Array(Type.String({ pattern: LANGUAGE_PATTERN.source, maxLength: 35 }), {
    maxItems: 20,
    uniqueItems: true,
    description: LANGUAGES
  })

export const UserSchema = Type.Object(
  {
    id: Id(),
    email: Type.String({ description: 'The address for sign-in and mail, in lower case.' }),
    name: Type.String(),
    phone: nullable(
      Type.String({ description: 'In E.164 format if the number is valid, otherwise as sent.' })
    ),
    role: oneOf(ROLES),
    team: nullable(oneOf(TEAMS)),
    grants: Type.Array(oneOf(GRANTS), { description: 'Additional permissions of a member.' }),
    active: Type.Boolean({
      description: 'Inactive users can’t sign in and are assigned no leads.'
    }),
    absences: Type.Array(AbsenceSchema, {
      description: 'The periods in which the user is assigned no leads.'
    }),
    workingHours: nullable(ref(WorkingHoursSchema, "Null: the dealer's.")),
    capacityPerDay: nullable(
      Type.Integer({
        description: 'The number of leads that rules assign to the user in one day. Null: no limit.'
      })
    ),
    locale: nullable(OwnLocale()),
    languages: Type.Array(Type.String(), { description: LANGUAGES }),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  { $id: 'User', ...closed, examples: [USER_EXAMPLE] }
)

/** Length is what makes a password strong; more than 200 characters only cost time. */
export const Password = (description?: string) =>
  Type.String({ minLength: 12, maxLength: 200, ...(description ? { description } : {}) })

export const Email = () => formed(requiredText(254, 'An e-mail address.'), 'email')

export const Phone = () => text(60, 'A phone number in any common form.')

const changeable = {
  name: Type.Optional(wordsText()),
  phone: Type.Optional(nullable(Phone())),
  absences: Type.Optional(Type.Array(AbsenceInputSchema, { maxItems: 50 })),
  locale: Type.Optional(nullable(OwnLocale())),
  languages: Type.Optional(Languages())
}

/** The members of a user that routing reads; admins decide them. */
const routed = {
  workingHours: Type.Optional(nullable(ref(WorkingHoursSchema, "Null: the dealer's."))),
  capacityPerDay: Type.Optional(
    nullable(
      Type.Integer({
        minimum: 0,
        maximum: 10_000,
        description: 'The number of leads that rules assign to the user in one day. Null: no limit.'
      })
    )
  )
}

const Grants = () => Type.Array(oneOf(GRANTS), { uniqueItems: true })

export const CreateUserSchema = Type.Object(
  {
    email: Email(),
    name: wordsText(),
    role: oneOf(ROLES),
    team: Type.Optional(nullable(NamedTeam())),
    grants: Type.Optional(Grants()),
    phone: Type.Optional(nullable(Phone())),
    password: Type.Optional(Password('A user without a password can’t sign in.')),
    locale: Type.Optional(nullable(OwnLocale())),
    languages: Type.Optional(Languages()),
    ...routed,
    queues: Type.Optional(
      Type.Array(Id(), {
        maxItems: 50,
        uniqueItems: true,
        description:
          'The ids of the queues of the user. Default: for a member the default queue, for ' +
          'others none.'
      })
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
    team: Type.Optional(nullable(NamedTeam())),
    grants: Type.Optional(Grants()),
    active: Type.Optional(Type.Boolean()),
    ...routed,
    password: Type.Optional(Password('The new password. It ends all sessions of the user.'))
  },
  { $id: 'PatchUser', ...closed, examples: [{ role: 'admin', team: null }] }
)

export const PatchMeSchema = Type.Object(
  {
    ...changeable,
    password: Type.Optional(
      Password('The new password. It ends all sessions, including the current one.')
    ),
    currentPassword: Type.Optional(requiredText(200, 'Required for a new password.'))
  },
  {
    $id: 'PatchMe',
    ...closed,
    examples: [{ absences: [{ from: '2026-12-24T00:00:00Z', until: '2027-01-02T00:00:00Z' }] }]
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
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString()
  }
}

/** The same in domain terms; members that were not sent stay out. */
export function readRouting(
  body: {
    absences?: Static<typeof AbsenceInputSchema>[] | undefined
    workingHours?: Static<typeof WorkingHoursSchema> | null | undefined
  },
  timeZone: string
): Partial<Pick<User, 'absences' | 'workingHours'>> {
  const { absences, workingHours } = body
  return {
    ...(absences === undefined
      ? {}
      : { absences: absences.map((absence) => readAbsence(absence, timeZone)) }),
    ...(workingHours === undefined ? {} : { workingHours: readWorkingHours(workingHours) })
  }
}

/** Days are whole days by the dealer's clocks. */
function readAbsence(
  { from, until }: Static<typeof AbsenceInputSchema>,
  timeZone: string
): Absence {
  const inUtc = (text: string, edge: DayEdge) =>
    isDay(text) ? dayTime(text, edge, timeZone) : new Date(text).toISOString()
  return { from: inUtc(from, 'start'), until: until === null ? null : inUtc(until, 'end') }
}
