import { localName } from '../../domain/adf/element-cursor.ts'
import { CONTROL_CHARACTERS } from '../../domain/text/control-characters.ts'
import { AdfError, placeOf } from '../adf-error.ts'
import type { Repairs } from '../../decoding/repairs.ts'
import { readAttributes } from './attributes.ts'
import { isKnownElement } from './known-elements.ts'
import { replaceReferences } from './references.ts'

export type Token = { offset: number } & (
  | { kind: 'text'; text: string }
  | { kind: 'open'; name: string; attributes: Record<string, string>; isEmpty: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'instruction'; target: string; body: string }
)

const NAME = /[\p{L}_:][\p{L}\p{N}_:.-]*/uy
const NAME_END = /[\s/><"'=]|$/y
const END_TAG = /<\s*\/\s*[\p{L}_:][\p{L}\p{N}_:.-]*/uy
const TAG_REST = /[^<>]{0,1000}>/y
const END_TAGS = /<\s*\/\s*([\p{L}_:][\p{L}\p{N}_:.-]*)/gu
const DECLARATION = /<!(?:doctype|entity|element|attlist|notation)/iy
const LINE_BREAK = /<br\s*>/iy
const EMPTY_TAG = /<[^\s<>/]+(?:\s[^<>]*)?\/>/y
const CDATA = '<![CDATA['

/**
 * Splits a document that is not well-formed into tokens. A `<` that begins no tag, comment or section is
 * text; so is a tag that is not one of ADF's and has no end tag. Each departure from XML is a repair.
 * Throws an `AdfError` at a DOCTYPE and at any declaration of one.
 *
 * One pass: no search reads the same text twice.
 */
export function tokenise(document: string, repairs: Repairs): Token[] {
  return new Tokeniser(document, repairs).readAll()
}

class Tokeniser {
  readonly #text: string
  readonly #repairs: Repairs
  readonly #closed: ReadonlySet<string>
  readonly #tokens: Token[] = []
  readonly #ends = new Map<string, number>()
  #at = 0
  #lastOpened = ''
  /** How many marks of nested CDATA sections are still to come. */
  #openMarks = 0

  constructor(document: string, repairs: Repairs) {
    this.#repairs = repairs
    this.#text = document.replace(CONTROL_CHARACTERS, (character, offset: number) => {
      repairs.add('control_character', offset, character)
      return character < ' ' ? ' ' : '\ufffd'
    })
    const names = Array.from(this.#text.matchAll(END_TAGS), ([, name = '']) => localName(name))
    this.#closed = new Set(names)
  }

  readAll(): Token[] {
    while (this.#at < this.#text.length) {
      const next = this.#text.indexOf('<', this.#at)
      const end = next === -1 ? this.#text.length : next
      if (end > this.#at) this.#addText(this.#at, end)
      this.#at = end
      if (next !== -1 && !this.#readMarkup()) {
        this.#repairs.add('stray_angle_bracket', next, this.#text.slice(next, next + 20))
        this.#push({ kind: 'text', text: '<', offset: next })
        this.#at = next + 1
      }
    }
    return this.#tokens
  }

  #readMarkup(): boolean {
    const at = this.#at
    if (this.#text.startsWith(CDATA, at)) return this.#readCdata(at)
    if (this.#text.startsWith('<!--', at)) return this.#readComment(at)
    if (this.#text.startsWith('<?', at)) return this.#readInstruction(at)
    if (matchAt(DECLARATION, this.#text, at) !== null) {
      throw new AdfError(
        'doctype',
        'the document has a DOCTYPE, which is not allowed',
        placeOf(this.#text, at)
      )
    }
    return this.#readEndTag(at) || this.#readStartTag(at)
  }

  #readEndTag(offset: number): boolean {
    const start = matchAt(END_TAG, this.#text, offset)
    if (start === null) return false
    const tag = start + (matchAt(TAG_REST, this.#text, offset + start.length) ?? '')
    const name = start.replace(/^<\s*\/\s*/, '')
    const isPlain = tag.endsWith('>') && tag.slice(0, -1).trimEnd() === `</${name}`
    if (!isPlain) this.#repairs.add('faulty_tag', offset, tag)
    this.#push({ kind: 'close', name, offset })
    this.#at = offset + tag.length
    return true
  }

  #readStartTag(offset: number): boolean {
    const name = matchAt(NAME, this.#text, offset + 1)
    if (name === null || matchAt(NAME_END, this.#text, offset + 1 + name.length) === null)
      return false
    const isKnown = isKnownElement(name)
    if (!isKnown && !this.#closed.has(localName(name))) return this.#readEmptyTag(name, offset)
    const rest = readAttributes(this.#text, offset + 1 + name.length, this.#repairs)
    if (!rest.isClosed && !isKnown) return false
    if (!rest.isClosed) {
      this.#repairs.add('faulty_tag', offset, this.#text.slice(offset, rest.end))
    }
    const { attributes, isEmpty } = rest
    this.#push({ kind: 'open', name, attributes, isEmpty, offset })
    this.#lastOpened = name
    this.#at = rest.end
    return true
  }

  /** An element of the sender's own may be empty; `<br>` is how editors of HTML write a line break. */
  #readEmptyTag(name: string, offset: number): boolean {
    const lineBreak = matchAt(LINE_BREAK, this.#text, offset)
    if (lineBreak !== null) {
      this.#repairs.add('faulty_tag', offset, lineBreak)
      this.#push({ kind: 'text', text: '\n', offset })
      this.#at = offset + lineBreak.length
      return true
    }
    if (matchAt(EMPTY_TAG, this.#text, offset) === null) return false
    const { attributes, end } = readAttributes(this.#text, offset + 1 + name.length, this.#repairs)
    this.#push({ kind: 'open', name, attributes, isEmpty: true, offset })
    this.#at = end
    return true
  }

  #readComment(offset: number): boolean {
    const end = this.#find('-->', offset + 4)
    if (end === -1) this.#repairs.add('unclosed_section', offset, '<!--')
    else if (this.#text.slice(offset + 4, end + 1).includes('--')) {
      this.#repairs.add('unclosed_section', offset, '--')
    }
    this.#at = end === -1 ? offset + 4 : end + 3
    return true
  }

  /** An instruction without its `?>` ends with its line, or before the next tag. */
  #readInstruction(offset: number): boolean {
    const closed = this.#find('?>', offset + 2)
    const next = this.#find('<', offset + 2)
    const isClosed = closed !== -1 && (next === -1 || closed < next)
    const inner = this.#text.slice(offset + 2, isClosed ? closed : next === -1 ? undefined : next)
    const target = matchAt(NAME, inner, 0)
    if (target === null) return false
    const rest = inner.slice(target.length)
    const body = isClosed ? rest : (/^[^>]*/.exec(rest)?.[0] ?? '')
    if (!isClosed) this.#repairs.add('unclosed_section', offset, `<?${target}${body}`)
    if (!['xml', 'adf'].includes(target.toLowerCase())) {
      this.#push({ kind: 'instruction', target, body: body.trim(), offset })
    }
    const end = offset + 2 + target.length + body.length
    this.#at = isClosed ? closed + 2 : Math.min(end + 1, next === -1 ? end : next)
    return true
  }

  /** A section that begins in another is part of it; one that is not closed ends with its element. */
  #readCdata(offset: number): boolean {
    const start = offset + CDATA.length
    const close = this.#find(']]>', start)
    const inner = this.#find(CDATA, start)
    const isNested = inner !== -1 && inner < close
    const open = close === -1 || isNested ? this.#findEndTag(start, isNested ? inner : -1) : -1
    const end = open !== -1 ? open : close === -1 ? this.#text.length : close
    const content = this.#text.slice(start, end)
    if (open !== -1 || close === -1) {
      this.#repairs.add('unclosed_section', offset, CDATA)
    } else if (isNested) {
      this.#openMarks += content.split(CDATA).length - 1
      this.#repairs.add('unclosed_section', offset, CDATA)
    }
    this.#push({ kind: 'text', text: plainLines(content.split(CDATA).join('')), offset })
    this.#at = open !== -1 || close === -1 ? end : end + 3
    return true
  }

  /** The end tag of the element opened last, before `limit` where there is one. */
  #findEndTag(start: number, limit: number): number {
    if (this.#lastOpened === '') return -1
    const pattern = new RegExp(`</${this.#lastOpened.replace(/[.]/g, '\\.')}`, 'giu')
    // Only up to the limit: the text behind it can be searched again.
    if (limit !== -1) {
      const found = this.#text.slice(start, limit).search(pattern)
      return found === -1 ? -1 : start + found
    }
    pattern.lastIndex = start
    return pattern.exec(this.#text)?.index ?? -1
  }

  #addText(start: number, end: number): void {
    let given = this.#text.slice(start, end)
    for (let mark = given.indexOf(']]>'); mark !== -1; mark = given.indexOf(']]>', mark)) {
      this.#repairs.add('unclosed_section', start + mark, ']]>')
      if (this.#openMarks === 0) break
      this.#openMarks -= 1
      given = `${given.slice(0, mark)}${given.slice(mark + 3)}`
    }
    const text = replaceReferences(plainLines(given), start, this.#repairs)
    this.#push({ kind: 'text', text, offset: start })
  }

  /** `indexOf`, remembered while it lies ahead. */
  #find(mark: string, from: number): number {
    const known = this.#ends.get(mark)
    if (known !== undefined && (known === -1 || known >= from)) return known
    const found = this.#text.indexOf(mark, from)
    this.#ends.set(mark, found)
    return found
  }

  #push(token: Token): void {
    this.#tokens.push(token)
  }
}

function matchAt(pattern: RegExp, text: string, offset: number): string | null {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0] ?? null
}

function plainLines(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}
