import { Type } from '@fastify/type-provider-typebox'
import type { Static, TSchema } from '@fastify/type-provider-typebox'

import type { DayEdge } from '../domain/clock/dealer-day.ts'
import { EXAMPLE_USER } from './example-ids.ts'

/** Points at a shared schema by its `$id`, so that OpenAPI shows one component and not copies. */
export function ref<T extends TSchema>(schema: T, description?: string) {
  const { $id } = schema as { $id?: string }
  if ($id === undefined) throw new TypeError('only schemas with an $id can be referred to')
  return Type.Unsafe<Static<T>>({ $ref: `${$id}#`, ...(description ? { description } : {}) })
}

/** A value or null. Members that can be null are always present in responses. */
export function nullable<T extends TSchema>(schema: T) {
  const { type, ...rest } = schema as { type?: string | string[]; enum?: unknown[] }
  if (typeof type !== 'string') {
    return Type.Unsafe<Static<T> | null>({ anyOf: [schema, { type: 'null' }] })
  }
  const values = rest.enum ? { enum: [...rest.enum, null] } : {}
  return Type.Unsafe<Static<T> | null>({ ...rest, ...values, type: [type, 'null'] })
}

/** One of a closed list of words, shown as one `enum` rather than as alternatives. */
export function oneOf<const T extends readonly string[]>(values: T, description?: string) {
  return Type.Unsafe<T[number]>({
    type: 'string',
    enum: [...values],
    ...(description ? { description } : {})
  })
}

/** Text a person typed: never empty where it is required, never without an end. */
export function text(maxLength = 200, description?: string) {
  return Type.String({ maxLength, ...(description ? { description } : {}) })
}

export function requiredText(maxLength = 200, description?: string) {
  return Type.String({ minLength: 1, maxLength, ...(description ? { description } : {}) })
}

/** Text with words, such as a name: a record is known by it, and blanks would name nothing. */
export function wordsText(maxLength = 200, description?: string) {
  return Type.String({
    minLength: 1,
    maxLength,
    pattern: /\S/u.source,
    ...(description ? { description } : {})
  })
}

export const Id = (description?: string) =>
  Type.String({ format: 'uuid', ...(description ? { description } : {}) })

/** An id of a part, which the client may keep or choose: it is not referenced elsewhere. */
export const PartId = (description: string) =>
  Type.String({ pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.source, description })

/** An RFC 3339 time. Responses are always in UTC with milliseconds. */
export const Instant = (description?: string) =>
  Type.String({ format: 'date-time', ...(description ? { description } : {}) })

/** A time that a sender gives: others than these stand for no time. */
export const SentInstant = (description?: string) =>
  Type.String({
    format: 'date-time',
    pattern: /^(19[5-9]|20)[0-9]/u.source,
    ...(description ? { description } : {})
  })

/** A time with its zone, or a day by the dealer's clocks, which a hook replaces: `http/plugins/dealer-days.ts`. */
const dayOrTime = (edge: DayEdge, description: string) =>
  Type.Unsafe<string>({
    type: 'string',
    anyOf: [{ format: 'date-time' }, { format: 'date' }],
    'x-day': edge,
    description: `${description} A date is a day in the time zone of the dealer.`,
    examples: ['2026-11-21']
  })

/** The beginning of a period: a time, or a day with all that is of it. */
export const DayFrom = (description: string) => dayOrTime('start', description)

/** The end of a period: a time that is not included, or a day that is. */
export const DayTo = (description: string) => dayOrTime('end', description)

/** A time as it was sent; what is no text stays what it is. */
export function readInstant<Absent extends null | undefined>(text: string | Absent): Date | Absent {
  return typeof text === 'string' ? new Date(text) : text
}

/** How every object of a body is read: unknown members are refused by name. */
export const closed = { additionalProperties: false } as const

/** Forms of text that the reading of a lenient body knows by their pattern. */
export const AMOUNT_PATTERN = /^-?[0-9]{1,12}(\.[0-9]{1,4})?$/u
export const DAY_OR_TIME_PATTERN =
  /^[0-9]{4}-?[0-9]{2}-?[0-9]{2}((T| )[0-9]{2}:?[0-9]{2}.{0,20})?$/u
export const CURRENCY_PATTERN = /^[A-Z]{3}$/u
export const COUNTRY_PATTERN = /^[A-Z]{2}$/u
export const LANGUAGE_PATTERN = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u

export const MoneySchema = Type.Object(
  {
    amount: Type.String({
      pattern: AMOUNT_PATTERN.source,
      description: 'The amount as decimal text.'
    }),
    currency: Type.String({ pattern: CURRENCY_PATTERN.source, description: 'ISO 4217.' })
  },
  { $id: 'Money', ...closed, examples: [{ amount: '79900.00', currency: 'PLN' }] }
)

export const ProblemSchema = Type.Object(
  {
    type: Type.String({
      format: 'uri',
      // The document has a description with all types.
      description: 'The type of the problem.'
    }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    instance: Type.String({ description: 'The id of this request, as in `X-Request-Id`.' }),
    code: Type.Optional(
      Type.String({
        description:
          'The code of a refusal, such as `lead-taken`: it tells problems of one type apart. docs/reasons.md has all codes.'
      })
    ),
    facts: Type.Optional(
      Type.Object(
        {},
        { additionalProperties: true, description: 'The facts that the detail of a refusal names.' }
      )
    ),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({
            description:
              'The place of the fault: an RFC 6901 pointer into the body, `?name` for a query parameter, `{name}` for a ' +
              'part of the path, or the name of a header.'
          }),
          message: Type.String(),
          code: Type.Optional(
            Type.String({
              description:
                'The code of a fault that is not one of the form of the value, such as `inactive-user`.'
            })
          )
        }),
        {
          description:
            'The faults of a request that is readable but not valid, in steps: all faults of the form of values; ' +
            'then all words that name no record; then values that do not fit each other or stored records.'
        }
      )
    )
  },
  {
    $id: 'Problem',
    additionalProperties: true,
    description: 'A problem by RFC 9457. Some types have additional fields.'
  }
)

/** A page of a list: `cursor` of the next one, or null at the end. */
export function pageOf<T extends TSchema>(item: T) {
  const { $id } = item as { $id?: string }
  return Type.Object(
    {
      data: Type.Array(ref(item)),
      nextCursor: nullable(
        Type.String({ description: 'The `cursor` of the next page. Null on the last page.' })
      )
    },
    { $id: `${$id ?? ''}Page`, ...closed }
  )
}

/** A page of a list that can also be read in the order of changes. */
export function changePageOf<T extends TSchema>(item: T) {
  const { properties } = pageOf(item)
  return Type.Object(
    {
      ...properties,
      resumeCursor: Type.Optional(
        nullable(
          Type.String({
            description:
              'Only with `sort=updatedAt`, also on the last page: the `cursor` to ask for later ' +
              'changes with. Null while there are no records.'
          })
        )
      )
    },
    { $id: `${(item as { $id?: string }).$id ?? ''}Page`, ...closed }
  )
}

/** Query parameters of every list. */
export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 200,
      default: 50,
      description: 'The maximum number of records on the page.'
    })
  ),
  cursor: Type.Optional(
    Type.String({ maxLength: 200, description: 'The `nextCursor` of the previous page. Opaque.' })
  )
}

/** The orders of a list by creation, that by default first. */
export const newestFirst = {
  sort: Type.Optional(oneOf(['-createdAt', 'createdAt'], 'Default: newest first.'))
}
export const oldestFirst = {
  sort: Type.Optional(oneOf(['createdAt', '-createdAt'], 'Default: oldest first.'))
}

/** What is said of the order of changes. */
export const CHANGES_DESCRIPTION =
  '`updatedAt` is the order in which changes were committed, for copies: read to the last page, then ' +
  'go on from its `resumeCursor`, and no change is missed. A record that changes again comes again. ' +
  'Changes that are being written appear when they are complete.'

/** The orders of a list by creation, the newest first by default, or by the last change. */
export function newestOrChangedFirst(removed: string) {
  const description = `Default: newest first. ${CHANGES_DESCRIPTION} ${removed}`
  return { sort: Type.Optional(oneOf(CHANGE_SORTS, description)) }
}

export const CHANGE_SORTS = ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt'] as const

/** Filters of a list by its last change. */
export function updatedPeriod(records: string) {
  return {
    updatedFrom: Type.Optional(
      DayFrom(`Only ${records} changed at this time or later, or from this day on.`)
    ),
    updatedTo: Type.Optional(
      DayTo(`Only ${records} last changed before this time, or until the end of this day.`)
    )
  }
}

/** Filters of a list by a time of its `records`, such as `leads received`. */
export function createdPeriod(records: string) {
  return {
    createdFrom: Type.Optional(
      DayFrom(`Only ${records} at this time or later, or from this day on.`)
    ),
    createdTo: Type.Optional(
      DayTo(`Only ${records} before this time, or until the end of this day.`)
    )
  }
}

export const IdParams = Type.Object({ id: Id() }, closed)

/** A person, queue or thing referred to by a response. */
export const ReferenceSchema = Type.Object(
  { id: Id(), name: Type.String() },
  {
    $id: 'Reference',
    ...closed,
    examples: [EXAMPLE_USER]
  }
)

/** The search words `q` in lists of people. */
/** Two characters, or one of a script in which one can be a name. No text in the database has a NUL. */
export const SEARCH_PATTERN =
  /^(?:[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|(?=[^\u0000]*[^\s\u0000])[^\u0000]{2,})$/u

/** The text of a search. */
export function searchText(description: string) {
  return Type.String({
    maxLength: 100,
    pattern: SEARCH_PATTERN.source,
    description,
    examples: ['O’Brien', '601 300 400', 'Kia Ceed']
  })
}

export const SEARCH_DESCRIPTION =
  'The record must match every word: as the beginning of a name, an e-mail address, a make, ' +
  'a model, a stock number, a VIN or a value of a searchable custom field; as the last six ' +
  'to eight characters of a VIN; as the last four characters or more of a plate or stock number; or as at least four digits in a row of a phone number. The ' +
  'order of the words, case, accents and punctuation are ignored.'
