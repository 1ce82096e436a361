import type { NamedNoun } from '../domain/named.ts'
import { escapePointer } from '../domain/text/json-pointer.ts'
import { sharedSchemas } from '../schemas/all.ts'
import type { NamingSchema } from '../schemas/named.ts'
import type { RequestPart } from './request-parts.ts'

/** A place of a schema where records are named. A list on the way is `EACH`. */
export interface NamedPlace {
  path: readonly string[]
  naming: NamingSchema
}

/** A text of a request at such a place. */
export interface Slot {
  part: RequestPart
  /** RFC 6901, within the part. */
  pointer: string
  noun: NamedNoun | undefined
  /** The words of a closed list. */
  known: readonly string[] | undefined
  several: boolean
  text: string
  words: readonly string[]
  /** Replaces the text. */
  fill: (values: readonly string[]) => void
}

const EACH = '*'

const BY_ID = new Map<string, Node>(
  sharedSchemas.map((schema: Node) => [`${schema.$id ?? ''}#`, schema])
)

interface Node extends NamingSchema {
  $id?: string
  $ref?: string
  properties?: Record<string, Node>
  items?: Node
  anyOf?: readonly Node[]
}

/** The places of a route's schema where records are named. */
export function placesIn(schema: unknown): NamedPlace[] {
  return typeof schema === 'object' && schema !== null ? walk(schema, [], []) : []
}

function walk(node: Node, path: readonly string[], refs: readonly string[]): NamedPlace[] {
  const { $ref, properties = {}, items, anyOf = [] } = node
  if ($ref !== undefined) {
    const target = BY_ID.get($ref)
    return target && !refs.includes($ref) ? walk(target, path, [...refs, $ref]) : []
  }
  if (node['x-named'] !== undefined || node['x-words'] !== undefined) {
    return [{ path, naming: node }]
  }
  return [
    ...Object.entries(properties).flatMap(([name, member]) => walk(member, [...path, name], refs)),
    ...(items ? walk(items, [...path, EACH], refs) : []),
    ...anyOf.flatMap((one) => walk(one, path, refs))
  ]
}

/** The texts of a part of a request at a place. */
export function slotsOf(part: RequestPart, value: unknown, { path, naming }: NamedPlace): Slot[] {
  return holdersOf(value, path, '').flatMap(({ holder, name, pointer }) => {
    const text = holder[name]
    if (typeof text !== 'string') return []
    const several = naming['x-several'] === true
    const words = several ? text.split(',').map((word) => word.trim()) : [text.trim()]
    const fill = (values: readonly string[]) => {
      holder[name] = several ? [...values] : values[0]
    }
    const { 'x-named': noun, 'x-words': known } = naming
    const given = several ? words.filter((word) => word !== '') : words
    return [{ part, pointer, noun, known, several, text, words: given, fill }]
  })
}

interface Holder {
  holder: Record<string, unknown>
  name: string
  pointer: string
}

function holdersOf(value: unknown, path: readonly string[], pointer: string): Holder[] {
  const [name, ...rest] = path
  if (name === undefined || typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  const names = name === EACH ? Object.keys(holder) : [name]
  return names.flatMap((one) => {
    const at = `${pointer}/${escapePointer(one)}`
    return rest.length === 0
      ? [{ holder, name: one, pointer: at }]
      : holdersOf(holder[one], rest, at)
  })
}
