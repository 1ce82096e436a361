import type { TSchema } from '@fastify/type-provider-typebox'

import { TEXT_FORM } from '../text-forms.ts'
import { isObject } from './is-object.ts'
import type { JsonSchema } from './json-schema.ts'

type Components = ReadonlyMap<string | undefined, JsonSchema>

interface BlankReading {
  components: Components
  /** Whether the body is a merge patch: a blank clears what null clears. */
  isPatch: boolean
}

/** A value that says nothing where its schema asks for something. */
const BLANK = Symbol('blank')

/**
 * Makes a reader of bodies that takes blanks out where they are no value: a form in a browser sends `""` for each
 * field that a person left empty. An optional member whose schema takes no blank text is absent then; in a merge
 * patch it is null where null clears. A required member stays, for the check of the schema to refuse.
 */
export function blankReader(
  schema: object,
  components: readonly TSchema[],
  isPatch: boolean
): (body: unknown) => unknown {
  const byId = new Map(components.map((one: JsonSchema) => [one.$id, one]))
  return (body) => {
    const read = readValue(body, schema, { components: byId, isPatch })
    return read === BLANK ? body : read
  }
}

function readValue(value: unknown, node: JsonSchema, reading: BlankReading): unknown {
  const forms = formsOf(node, reading.components)
  if (typeof value === 'string') {
    return value.trim() === '' && !forms.some(takesBlank) ? BLANK : value
  }
  if (Array.isArray(value)) {
    const items = forms.find((form) => form.items)?.items
    if (!items) return value
    return value.map((item) => readValue(item, items, reading)).filter((item) => item !== BLANK)
  }
  const form = forms.find(({ properties }) => properties !== undefined)
  return isObject(value) && form ? readMembers(value, form, reading) : value
}

/** An object with required members is blank where each member that it has is. */
function readMembers(
  value: Record<string, unknown>,
  { properties = {}, required = [] }: JsonSchema,
  reading: BlankReading
): unknown {
  let isBlank = required.length > 0 && Object.keys(value).length > 0
  const members = Object.entries(value).flatMap(([name, given]): [string, unknown][] => {
    const node = Object.hasOwn(properties, name) ? properties[name] : undefined
    const read = node ? readValue(given, node, reading) : given
    if (read !== BLANK) isBlank = false
    if (read !== BLANK || !node) return [[name, read]]
    return required.includes(name) ? [[name, given]] : withoutBlank(name, given, node, reading)
  })
  return isBlank ? BLANK : Object.fromEntries(members)
}

function withoutBlank(
  name: string,
  given: unknown,
  node: JsonSchema,
  { components, isPatch }: BlankReading
): [string, unknown][] {
  if (!isPatch) return []
  const forms = formsOf(node, components)
  if (forms.some(isNull)) return [[name, null]]
  // A record keeps a text that it needs, such as its name: that a change would clear it is told.
  return forms.some(isPlainText) ? [[name, given]] : []
}

/** The schemas of which a value may have any: references and alternatives are resolved. */
function formsOf(node: JsonSchema, components: Components): JsonSchema[] {
  if (node.$ref !== undefined) {
    const target = components.get(node.$ref.replace(/#$/, ''))
    return target ? formsOf(target, components) : []
  }
  return node.anyOf && node.type === undefined
    ? node.anyOf.flatMap((one) => formsOf(one, components))
    : [node]
}

function isNull({ type }: JsonSchema): boolean {
  return [type].flat().includes('null')
}

function takesBlank(schema: JsonSchema): boolean {
  const { type, enum: choices, format, minLength = 0 } = schema
  if (choices) return choices.includes('')
  if (type === undefined) return true
  if (![type].flat().includes('string')) return false
  const isFormed = format !== undefined || schema[TEXT_FORM] !== undefined || minLength > 0
  return !isFormed && fitsPattern('', schema)
}

/** Words that no list, code or record decides. */
function isPlainText(schema: JsonSchema): boolean {
  const { type, enum: choices, format } = schema
  const isFormed = [choices, format, schema['x-named']].some((word) => word !== undefined)
  return [type].flat().includes('string') && !isFormed && fitsPattern('Any words.', schema)
}

function fitsPattern(text: string, schema: JsonSchema): boolean {
  return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text)
}
