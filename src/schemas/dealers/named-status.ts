import { Type } from '@fastify/type-provider-typebox'

import type { NamedStatus } from '../../domain/leads/status.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf } from '../shared.ts'
import { uniqueName } from '../unique-name.ts'

const Color = () =>
  Type.String({ pattern: /^#[0-9a-fA-F]{6}$/u.source, description: 'The display color.' })

const Position = () =>
  Type.Integer({
    minimum: 0,
    maximum: 10_000,
    description: 'The position in lists. At the same position the older status comes first.'
  })

/** The schemas of the statuses of one kind of record. */
export function namedStatusSchemas<const Groups extends readonly string[]>(
  name: string,
  groups: Groups,
  {
    meaning,
    example,
    patchExample
  }: {
    /** The meaning of a group. */
    meaning: string
    example: { id: string; name: string; group: Groups[number]; position: number }
    patchExample: object
  }
) {
  const color = '#2f9e44'
  const written = '2026-11-21T17:03:12.345Z'
  const stamps = { version: 1, createdAt: written, updatedAt: written }
  const { id, position, ...named } = example
  const status = Type.Object(
    {
      id: Id(),
      name: Type.String(),
      group: oneOf(groups, meaning),
      color: nullable(Color()),
      position: Type.Integer(),
      version: Type.Integer(),
      createdAt: Instant(),
      updatedAt: Instant()
    },
    { $id: name, ...closed, examples: [{ id, ...named, color, position, ...stamps }] }
  )
  const create = Type.Object(
    {
      name: uniqueName(100),
      group: oneOf(groups, meaning),
      color: Type.Optional(nullable(Color())),
      position: Type.Optional(Position())
    },
    {
      $id: `Create${name}`,
      ...closed,
      description: 'Default of `position`: the last position.',
      examples: [{ ...named, color, position }]
    }
  )
  const patch = Type.Object(
    {
      name: Type.Optional(uniqueName(100)),
      group: Type.Optional(oneOf(groups, meaning)),
      color: Type.Optional(nullable(Color())),
      position: Type.Optional(Position())
    },
    { $id: `Patch${name}`, ...closed, examples: [patchExample] }
  )
  return { status, create, patch, page: pageOf(status) }
}

export function presentStatus<Group extends string>(status: NamedStatus<Group>) {
  return {
    ...status,
    createdAt: status.createdAt.toISOString(),
    updatedAt: status.updatedAt.toISOString()
  }
}
