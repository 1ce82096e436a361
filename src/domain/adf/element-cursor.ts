import type { UnmappedValue } from '../leads/lead.ts'
import type { RepairCode } from '../reasons/repair-reasons.ts'
import { isAbsentValue } from '../text/absent-values.ts'
import type { XmlElement } from './xml.ts'

/** Long names nested deeply would otherwise make the paths larger than the document. */
const MAX_PATH_LENGTH = 200

/** A text or attribute that no reader has taken. */
export interface UntakenValue {
  path: string
  /** The keys of the elements around it, below the one that was asked, and of the attribute. */
  keys: readonly string[]
  /** The path of the element that has it as a child or an attribute. */
  parent: string
  text: string
  /** What the attribute `type` of the element, or of the one around it, says. */
  type: string | null
  take: () => void
}

/**
 * An element being read. Every value that is read counts as taken. The rest has no member in a lead,
 * and `leftovers` returns it, so a reader can't lose it.
 *
 * A parser that returns null has not understood the value, which then counts as not taken.
 */
export class ElementCursor {
  readonly path: string
  readonly #key: string
  readonly #attributes: { name: string; value: string; taken: boolean; code?: RepairCode }[]
  readonly #texts: string[]
  readonly #children: ElementCursor[]
  #isKnown: boolean
  #isTextTaken = false
  /** What is told of the text: it was taken for an absent value, or could not be read. */
  #textCode: RepairCode | undefined

  constructor(element: XmlElement, path: string, isKnown = false) {
    this.#isKnown = isKnown
    this.#key = elementKey(element.name)
    this.path = shorten(path)
    this.#attributes = Object.entries(element.attributes)
      .filter(([name]) => !/^xmlns(:|$)/i.test(name))
      .map(([name, value]) => ({ name: localName(name), value: value.trim(), taken: false }))
    const children = PROSE.has(this.#key) ? withTagsAsText(element) : element.children
    this.#texts = children
      .filter((child) => typeof child === 'string')
      .filter((text) => text.trim() !== '')
    this.#children = numbered(children).map(
      ({ child, step }) => new ElementCursor(child, `${this.path}/${step}`)
    )
  }

  /** The name by which readers ask for the element: see `elementKey`. */
  get key(): string {
    return this.#key
  }

  /** The first child of one of these keys that has not been read yet. */
  child(...keys: string[]): ElementCursor | null {
    const found = this.#children.find((child) => keys.includes(child.#key) && !child.#isKnown)
    if (found) found.#isKnown = true
    return found ?? null
  }

  /** All children of these keys that have not been read yet, in document order. */
  all(...keys: string[]): ElementCursor[] {
    const found = this.#children.filter((child) => keys.includes(child.#key) && !child.#isKnown)
    for (const child of found) child.#isKnown = true
    return found
  }

  /** All children whose keys are wanted and that have not been read yet, in document order. */
  allNamed(isWanted: (key: string) => boolean): ElementCursor[] {
    return this.all(...new Set(this.#children.map(({ key }) => key).filter(isWanted)))
  }

  /** The element's own text, read by `parse`. */
  text<T = string>(parse?: (text: string) => T | null): T | null {
    const text = this.#isTextTaken ? '' : this.#texts.join('').trim()
    if (text === '') return null
    const value = parse ? parse(text) : (text as T)
    if (value !== null) this.#isTextTaken = true
    this.#textCode = value === null ? 'unreadable_value' : undefined
    return value
  }

  /** `text`, where one for an absent value is taken, and null. */
  knownText<T = string>(parse?: (text: string) => T | null): T | null {
    const isAbsent = isAbsentValue(this.#texts.join('').trim())
    const value = this.text(isAbsent ? undefined : parse)
    if (isAbsent && value !== null) this.#textCode = 'absent_value'
    return isAbsent ? null : value
  }

  /** An attribute's value, read by `parse`. One for an absent value is taken, and null. */
  attribute<T = string>(name: string, parse?: (text: string) => T | null): T | null {
    const found = this.#attributes.find((attribute) => attribute.name === name && !attribute.taken)
    if (!found || found.value === '') return null
    const isAbsent = isAbsentValue(found.value)
    const value = parse ? parse(found.value) : isAbsent ? null : (found.value as T)
    if (value !== null || isAbsent) found.taken = true
    if (value === null) found.code = isAbsent ? 'absent_value' : 'unreadable_value'
    return value
  }

  /** An attribute's value without taking it: for a guess at what is not on a list. */
  glance(name: string): string | null {
    return this.#attributes.find((attribute) => attribute.name === name)?.value ?? null
  }

  /** The text of the first child of one of these keys that has one `parse` understands. */
  childText<T = string>(keys: string[], parse?: (text: string) => T | null): T | null {
    let value: T | null = null
    for (const child of this.#children) {
      if (!keys.includes(child.#key) || child.#isKnown) continue
      if (value === null) value = child.knownText(parse)
      if (child.#isTextTaken || child.#texts.length === 0) child.#isKnown = true
    }
    return value
  }

  /** The values that no reader has taken, at any depth, in document order; none in children of this key. */
  untaken(exceptIn?: string): UntakenValue[] {
    const found: UntakenValue[] = []
    this.#addUntaken(found, { keys: [], parent: this.path, type: null })
    return exceptIn === undefined ? found : found.filter(({ keys }) => keys[0] !== exceptIn)
  }

  #addUntaken(
    found: UntakenValue[],
    { keys, parent, type: outer }: Pick<UntakenValue, 'keys' | 'parent' | 'type'>
  ): void {
    const type = this.glance('type') ?? outer
    const text = this.#isTextTaken ? '' : this.#texts.join('').trim()
    if (text !== '' && keys.length > 0) {
      const take = () => {
        this.#isTextTaken = true
      }
      found.push({ path: this.path, keys, parent, text, type, take })
    }
    for (const attribute of this.#attributes) {
      const { name, value, taken } = attribute
      if (taken || value === '') continue
      const path = `${this.path}@${shorten(name)}`
      const take = () => {
        attribute.taken = true
      }
      found.push({
        path,
        keys: [...keys, elementKey(name)],
        parent: this.path,
        text: value,
        type,
        take
      })
    }
    for (const child of this.#children) {
      child.#addUntaken(found, { keys: [...keys, child.#key], parent: this.path, type })
    }
  }

  /** All values not taken, and those taken for absent ones, in document order. */
  leftovers(): UnmappedValue[] {
    const found: UnmappedValue[] = []
    this.#addLeftovers(found)
    return found
  }

  /** Adds to one list: lists of lists would be copied once for each level. */
  #addLeftovers(found: UnmappedValue[]): void {
    const before = found.length
    for (const { name, value, taken, code } of this.#attributes) {
      if ((taken && code !== 'absent_value') || value === '') continue
      found.push({ path: `${this.path}@${shorten(name)}`, text: value, ...(code && { code }) })
    }
    const code = this.#textCode
    if (!this.#isTextTaken || code === 'absent_value') {
      for (const text of this.#texts) {
        found.push({ path: this.path, text: text.trim(), ...(code && { code }) })
      }
    }
    for (const child of this.#children) child.#addLeftovers(found)
    // An empty unknown element still carries information by its presence.
    const isBare = this.#children.length === 0 && this.#texts.length === 0
    if (found.length === before && isBare && !this.#isKnown)
      found.push({ path: this.path, text: '' })
  }
}

/** Element and attribute names are compared without regard to case and namespace prefix. */
export function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1).toLowerCase()
}

/**
 * An element's name without prefix, case, separators and a number at its end, as readers ask for it:
 * `e-mail`, `E_Mail` and `email2` are `email`.
 */
export function elementKey(name: string): string {
  const plain = localName(name).replace(/[-_.]/g, '')
  return plain.replace(/(?<!\d)\d{1,2}$/, '')
}

/** Elements whose text people read. */
const PROSE = new Set(['comments', 'comment', 'description', 'pricecomments'])

const TAGS = new Set(
  'br p div span b strong i em u s font a ul ol li h hr table tbody tr td small'.split(' ')
)

/** The content of an element with the tags of HTML in it as text, so that the words around them stay together. */
function withTagsAsText(element: XmlElement): XmlElement['children'] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string' || !TAGS.has(elementKey(child.name))) return [child]
    const name = localName(child.name)
    const attributes = Object.entries(child.attributes).map(([key, value]) => ` ${key}="${value}"`)
    const start = `<${name}${attributes.join('')}>`
    return [start, ...withTagsAsText(child), ...(name === 'br' ? [] : [`</${name}>`])]
  })
}

/** Vehicles are always numbered, other elements where several of one name stand together. */
function numbered(all: XmlElement['children']): { child: XmlElement; step: string }[] {
  const children = all.filter((child) => typeof child !== 'string')
  const names = children.map((child) => localName(child.name))
  const totals = new Map<string, number>()
  for (const name of names) totals.set(name, (totals.get(name) ?? 0) + 1)

  const seen = new Map<string, number>()
  return children.map((child, index) => {
    const name = names[index] ?? ''
    const position = (seen.get(name) ?? 0) + 1
    seen.set(name, position)
    const isNumbered = name === 'vehicle' || totals.get(name) !== 1
    return { child, step: isNumbered ? `${name}[${position}]` : name }
  })
}

function shorten(path: string): string {
  if (path.length <= MAX_PATH_LENGTH) return path
  const half = MAX_PATH_LENGTH / 2
  return `${path.slice(0, half)}…${path.slice(1 - half)}`
}
