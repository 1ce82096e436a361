import type { TSchema } from '@fastify/type-provider-typebox'

import type { ReadingDealer } from '../../domain/leads/reading-dealer.ts'
import { planOf } from './input-plan.ts'
import type { InputPlan, LeafPlan, ObjectPlan } from './input-plan.ts'
import { isObject } from './is-object.ts'
import type { JsonSchema } from './json-schema.ts'

/** The schemas of people and vehicles, which a capture reads in other forms too. */
const FORMS: ReadonlySet<string | undefined> = new Set([
  'ContactInput',
  'AddressInput',
  'VehicleInput'
])

type ReadBody = (body: unknown, dealer: ReadingDealer) => unknown

/**
 * Makes a reader of strict bodies that reads people and vehicles in the forms that captures take: `Pre-owned`,
 * `Niemcy`, lists `emails` and `phones`. What can't be read stays for the check of the schema to refuse. Null: the
 * body has neither.
 */
export function personReader(schema: object, components: readonly TSchema[]): ReadBody | null {
  const byId = new Map(components.map((one: JsonSchema) => [one.$id, one]))
  const found = readerOf(schema, byId, components)
  return found && ((body, dealer) => found(body, dealer))
}

function readerOf(
  node: JsonSchema,
  byId: ReadonlyMap<string | undefined, JsonSchema>,
  components: readonly TSchema[]
): ReadBody | null {
  const [form] = node.anyOf?.filter(({ type }) => type !== 'null') ?? []
  if (form) return readerOf(form, byId, components)
  const target = node.$ref === undefined ? node : byId.get(node.$ref.replace(/#$/, ''))
  if (!target) return null
  if (FORMS.has(target.$id)) {
    const plan = planOf(target, components)
    return (value, dealer) => readForms(plan, value, dealer)
  }
  if (target.items) {
    const readItem = readerOf(target.items, byId, components)
    return (
      readItem &&
      ((value, dealer) =>
        Array.isArray(value) ? value.map((item: unknown) => readItem(item, dealer)) : value)
    )
  }
  const members = new Map(
    Object.entries(target.properties ?? {}).flatMap(([name, member]) => {
      const read = readerOf(member, byId, components)
      return read ? [[name, read] as const] : []
    })
  )
  if (members.size === 0) return null
  return (value, dealer) =>
    isObject(value)
      ? mapMembers(value, (name, member) => members.get(name)?.(member, dealer) ?? member)
      : value
}

function mapMembers(
  value: Record<string, unknown>,
  read: (name: string, member: unknown) => unknown
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, read(name, member)])
  )
}

function readForms(plan: InputPlan, value: unknown, dealer: ReadingDealer): unknown {
  if (value === null || value === undefined) return value
  switch (plan.kind) {
    case 'any':
      return value
    case 'leaf':
      return readLeaf(plan, value, dealer)
    case 'array':
      return Array.isArray(value)
        ? value.map((item: unknown) => readForms(plan.item, item, dealer))
        : value
    case 'object':
      return readObject(plan, value, dealer)
  }
}

/** Free text stays as it is, and so does a word for an absent value: in a change it would clear one. */
function readLeaf({ read, shortenTo, isAbsent }: LeafPlan, value: unknown, dealer: ReadingDealer) {
  if (shortenTo !== null || typeof value !== 'string') return value
  return value.trim() === '' || isAbsent(value) ? value : read(value, dealer)
}

/** An object in our form. One with more than our form has a place for stays. */
function readObject(plan: ObjectPlan, value: unknown, dealer: ReadingDealer): unknown {
  const lost: unknown[] = []
  const keep = (_pointer: string, one: unknown) => lost.push(one)
  const shaped = plan.read ? plan.read(value, dealer, keep, () => undefined) : value
  const given = lost.length > 0 ? value : shaped
  if (!isObject(given)) return given
  const posted = isObject(value) ? value : {}
  const members = Object.entries(given).flatMap(([name, member]): [string, unknown][] => {
    const isNew = !Object.hasOwn(posted, name)
    if (!isNew) return [[name, member]]
    if (Array.isArray(member)) return [[name, member.map(withoutNulls)]]
    if (member !== undefined && member !== null) return [[name, member]]
    // Of an empty list nothing is left; what the list does not say stays.
    return MAIN.has(name) ? [[name, null]] : []
  })
  return mapMembers(Object.fromEntries(members), (name, member) => {
    const known = plan.members.get(name)
    return known ? readForms(known.plan, member, dealer) : member
  })
}

function withoutNulls(item: unknown): unknown {
  return isObject(item)
    ? Object.fromEntries(Object.entries(item).filter(([, member]) => member !== null))
    : item
}

const MAIN: ReadonlySet<string> = new Set(['email', 'phone'])
