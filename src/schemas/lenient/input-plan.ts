import type { TSchema } from '@fastify/type-provider-typebox'

import { NAME_PARTS } from '../../domain/contacts/read-names.ts'
import { readModelYear } from '../../domain/leads/model-year.ts'
import { withoutDecimals } from '../../domain/text/whole-code.ts'
import { isAbsentValue } from '../../domain/text/absent-values.ts'
import type { JsonSchema } from './json-schema.ts'
import { absenceOf, leafReader } from './leaf-reader.ts'
import type { ReadLeaf } from './leaf-reader.ts'
import { listReader, objectReader } from './object-reader.ts'
import type { ReadList, ReadObject } from './object-reader.ts'
import { readProse } from './prose.ts'

/** The schema of a body as the reading of its values needs it: references and null are resolved. */
export type InputPlan = ObjectPlan | ArrayPlan | LeafPlan | { kind: 'any' }

export interface ObjectPlan {
  kind: 'object'
  members: ReadonlyMap<string, MemberPlan>
  /** For members with other names, where the object is open. */
  others: { names: RegExp; plan: InputPlan; atMost: number } | null
  read: ReadObject | null
}

interface MemberPlan {
  plan: InputPlan
  required: boolean
}

interface ArrayPlan {
  kind: 'array'
  item: InputPlan
  read: ReadList | null
  atMost: number
}

export interface LeafPlan {
  kind: 'leaf'
  read: ReadLeaf
  /** The length to which a text is shortened, or null: a part of it would mean something else. */
  shortenTo: number | null
  /** Whether a text stands for an absent value, such as `N/A`. */
  isAbsent: (text: string) => boolean
}

/** The plan of a schema. `components` are the schemas that it refers to by their `$id`. */
export function planOf(schema: TSchema, components: readonly TSchema[]): InputPlan {
  const byId = new Map(components.map((component: JsonSchema) => [component.$id, component]))
  return planNode(schema, byId)
}

type Components = ReadonlyMap<string | undefined, JsonSchema>

function planNode(node: JsonSchema, components: Components): InputPlan {
  const schema = resolve(node, components)
  const types = [schema.type].flat()
  if (types.includes('object')) return planObject(schema, components)
  if (types.includes('array')) {
    const items = resolve(schema.items ?? {}, components)
    const item = planNode(items, components)
    return { kind: 'array', item, read: listReader(items), atMost: schema.maxItems ?? Infinity }
  }
  const read = leafReader(schema)
  if (!read) return { kind: 'any' }
  return { kind: 'leaf', read, shortenTo: shortenTo(schema), isAbsent: absenceOf(schema) }
}

function resolve(node: JsonSchema, components: Components): JsonSchema {
  const [value] = node.anyOf?.filter(({ type }) => type !== 'null') ?? []
  if (value) return resolve(value, components)
  if (node.$ref === undefined) return node
  const target = components.get(node.$ref.replace(/#$/, ''))
  if (!target) throw new TypeError(`${node.$ref} is no shared schema`)
  return resolve(target, components)
}

function planObject(schema: JsonSchema, components: Components): ObjectPlan {
  const { properties = {}, patternProperties = {}, required = [] } = schema
  const members = Object.entries(properties).map(([name, member]): [string, MemberPlan] => [
    name,
    {
      plan: ownReading(schema, name, planNode(member, components)),
      required: required.includes(name)
    }
  ])
  const [open] = Object.entries(patternProperties).map(([pattern, member]) => ({
    names: new RegExp(pattern, 'u'),
    plan: planNode(member, components),
    atMost: schema.maxProperties ?? Infinity
  }))
  return {
    kind: 'object',
    members: new Map(members),
    others: open ?? null,
    read: objectReader(schema)
  }
}

/**
 * The parts of a name decide together which of them are absent: the reader of contacts asks them. An id that a
 * template left empty is none, though another required text may be such a word.
 */
function ownReading({ $id }: JsonSchema, name: string, plan: InputPlan): InputPlan {
  if (plan.kind !== 'leaf') return plan
  const isName = $id === 'ContactInput' && NAME_PARTS.some((part) => part === name)
  if (isName) return { ...plan, isAbsent: () => false }
  if ($id === 'VehicleInput' && name === 'year') return { ...plan, read: readYear }
  if (PROSE.has(name)) return { ...plan, read: readProse }
  if (name !== 'externalId') return plan
  const read: ReadLeaf = (value, dealer) => {
    const text = plan.read(value, dealer)
    return typeof text === 'string' ? withoutDecimals(text.trim()) : text
  }
  return { ...plan, read, isAbsent: isAbsentValue }
}

const PROSE = new Set(['message', 'comments'])

/** A year as every path reads it. */
function readYear(value: unknown): unknown {
  const isShort = typeof value === 'number' && value < 100
  return typeof value === 'string' || isShort ? (readModelYear(String(value)) ?? value) : value
}

/** Text that people read may lose its end. A required text, a code or a choice may not. */
function shortenTo(schema: JsonSchema): number | null {
  const { minLength, format, enum: choices } = schema
  const isForm = [minLength, schema.pattern, format, choices].some((word) => word !== undefined)
  return isForm ? null : (schema.maxLength ?? null)
}
