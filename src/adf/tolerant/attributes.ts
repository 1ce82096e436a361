import type { Repairs } from '../../decoding/repairs.ts'
import { replaceReferences } from './references.ts'

/** The rest of a start tag, after its name. */
export interface TagRest {
  attributes: Record<string, string>
  isEmpty: boolean
  /** Where the text after the tag begins. */
  end: number
  /** Whether the tag ends with a `>` of its own. */
  isClosed: boolean
}

/** Longer names and values are split: the limits keep each search short. */
const BLANKS = /\s{0,1000}/y
const NAME = /[^\s=<>"'“”„/\\]{1,1000}/y
const BARE_VALUE = /(?:[^\s<>/]|\/(?!>)){1,1000}/y
const QUOTES: Record<string, RegExp> = { '"': /[^"<]{0,100000}/y, "'": /[^'<]{0,100000}/y }
const CURLY = /[“”„]([^“”"„<>]{0,1000})[“”"]/y

/**
 * Reads the attributes of a start tag as they are meant: without quotes, in curly ones, twice (the first
 * counts), with a quote or the tag's own end missing. Each departure from XML is a repair.
 */
export function readAttributes(text: string, start: number, repairs: Repairs): TagRest {
  const reader = new AttributeReader(text, start, repairs)
  return reader.readAll()
}

class AttributeReader {
  readonly #text: string
  readonly #repairs: Repairs
  readonly #attributes = new Map<string, string>()
  #at: number
  /** The first word that is no attribute: text, if the tag turns out not to be closed. */
  #firstBareWord: number | null = null

  constructor(text: string, start: number, repairs: Repairs) {
    this.#text = text
    this.#at = start
    this.#repairs = repairs
  }

  readAll(): TagRest {
    for (;;) {
      const before = this.#at
      this.#take(BLANKS)
      const next = this.#text.charAt(this.#at)
      if (next === '>') return this.#end(this.#at + 1, false)
      if (this.#text.startsWith('/>', this.#at)) return this.#end(this.#at + 2, true)
      if (next === '' || next === '<') return this.#endOpen()
      if (!this.#readOne(before)) {
        this.#tell(this.#at, next)
        this.#at += 1
      }
    }
  }

  /** False: no name of an attribute begins here. */
  #readOne(before: number): boolean {
    const start = this.#at
    const name = this.#take(NAME)
    if (name === '') return false
    this.#take(BLANKS)
    if (this.#text.charAt(this.#at) !== '=') {
      this.#firstBareWord ??= before
      this.#set(name, '')
      this.#tell(start, name)
      return true
    }
    this.#at += 1
    this.#take(BLANKS)
    const value = this.#readValue(start)
    const isRepeated = this.#attributes.has(name)
    if (isRepeated || start === before) this.#tell(start, this.#text.slice(start, this.#at))
    if (!isRepeated) this.#set(name, value)
    return true
  }

  #readValue(start: number): string {
    const at = this.#at
    // The rest of the quote's encoding by a mail or a program.
    const prefix = /3D(?=["'])|\\(?=["'])/y
    this.#take(prefix)
    const quote = this.#text.charAt(this.#at)
    const pattern = QUOTES[quote]
    if (pattern) {
      const value = this.#readQuoted(quote, pattern)
      const isEscaped = prefix.lastIndex !== 0
      if (isEscaped || !value.isWhole) this.#tell(start, this.#text.slice(start, this.#at))
      return this.#decode(isEscaped ? value.text.replace(/\\$/, '') : value.text, at)
    }
    CURLY.lastIndex = this.#at
    const curly = CURLY.exec(this.#text)
    if (curly) this.#at = CURLY.lastIndex
    const value = curly?.[1] ?? this.#take(BARE_VALUE).replace(/["'“”]$/, '')
    this.#tell(start, this.#text.slice(start, this.#at))
    return this.#decode(value, at)
  }

  /** Up to the same quote. A `<` before it that could begin a tag shows that the quote is missing. */
  #readQuoted(quote: string, pattern: RegExp): { text: string; isWhole: boolean } {
    const start = this.#at + 1
    this.#at = start
    let isWhole = true
    for (;;) {
      this.#take(pattern)
      const next = this.#text.charAt(this.#at)
      if (next === quote) {
        this.#at += 1
        return { text: this.#text.slice(start, this.#at - 1), isWhole }
      }
      if (next !== '<' || /^<[a-z/!?]/i.test(this.#text.slice(this.#at, this.#at + 2))) break
      isWhole = false
      this.#at += 1
    }
    const found = this.#text.slice(start, this.#at)
    const length = found.includes('>') ? found.indexOf('>') : found.search(/\s|$/)
    this.#at = start + length
    return { text: found.slice(0, length).replace(/\/$/, ''), isWhole: false }
  }

  #end(end: number, isEmpty: boolean): TagRest {
    return { attributes: Object.fromEntries(this.#attributes), isEmpty, end, isClosed: true }
  }

  /** A tag without its `>`: it ended before the first word that is no attribute. */
  #endOpen(): TagRest {
    const end = this.#firstBareWord ?? this.#at
    const given = Array.from(this.#attributes).filter(([, value]) => value !== '')
    return { attributes: Object.fromEntries(given), isEmpty: false, end, isClosed: false }
  }

  #set(name: string, value: string): void {
    this.#attributes.set(name, value)
  }

  #decode(value: string, at: number): string {
    return replaceReferences(value, at, this.#repairs).replace(/\s/g, ' ')
  }

  #tell(at: number, text: string): void {
    this.#repairs.add('faulty_attribute', at, text)
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }
}
