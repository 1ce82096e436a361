import type { UnmappedValue } from '../domain/leads/lead.ts'
import { MAX_JSON_DEPTH } from '../domain/text/json-depth.ts'
import { escapePointer } from '../domain/text/json-pointer.ts'
import { joinRepeated } from '../domain/text/repeated-members.ts'
import { setOwn } from '../domain/text/set-own.ts'

/** What a text that is no JSON says. */
export interface MendedJson {
  value: unknown
  repairs: UnmappedValue[]
}

const MAX_TOLD = 200

/**
 * Reads JSON as programs write it that put it together by hand: line breaks and quotes inside of texts, single
 * quotes, names without quotes, a comma too many, comments, empty places, words of other languages. Of a text that
 * is cut off, the whole members are read, and the rest is told. Null: it can be read in more than one way, or not
 * at all.
 */
export function readMendedJson(text: string): MendedJson | null {
  const scanner = new Scanner(text)
  try {
    const value = scanner.readDocument()
    return { value, repairs: scanner.repairs }
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Quotes by the one that closes them. */
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’' }

const WORDS: ReadonlyMap<string, unknown> = new Map([
  ...(['true', 'True', 'TRUE'] as const).map((word) => [word, true] as const),
  ...(['false', 'False', 'FALSE'] as const).map((word) => [word, false] as const),
  ...(['null', 'None', 'NULL', 'nil', 'undefined', 'NaN'] as const).map(
    (word) => [word, null] as const
  )
])

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** What follows the end of a text in an object or a list: not what follows a quote inside of it. */
const AFTER_VALUE =
  /\s{0,200}(?:$|[}\]]|\/[/*]|,\s{0,200}(?:$|["'“‘{[}\],]|\/[/*]|-?\d|[\w$-]{1,60}\s{0,9}:|(?:true|false|null)\b))|[^\S\n]{0,99}\n\s{0,99}["'“‘][^"'\n]{1,60}["'”’]\s{0,9}:|\s{0,20}["'][\w$-]{1,60}["']\s{0,9}:\s{0,9}["'{[\d]/y
/** A member of an object. */
const MEMBER = /["'][\w$-]{1,60}["']\s{0,9}:/y
/** What programs write before JSON that a page reads as a script, and lines of comments. */
const BEFORE =
  /(?:#[^\n]{0,200}\n\s{0,99}){0,20}(?:\)\]\}',?\s{0,9}|(?:while|for)\s{0,3}\([^)\n]{0,9}\)\s{0,3};\s{0,9})?(?:(?:var|let|const)\s{1,9})?(?:[A-Za-z_$][\w$.]{0,60}\s{0,9}(?:\(|=)\s{0,9}(?=[{[])|\((?=[{[]))?/y
/** The ends of those, and lines of comments. */
const AFTER = /[\s;}\])]{0,200}(?:#[^\n]{0,200})?/y
/** What stands between two texts, and in no text. */
const SWALLOWED = /["”'][ \t]{0,9}[,:;=][ \t]{0,9}["“']/
const AFTER_NAME = /\s{0,200}(?:$|:)/y
const NAME = /[\p{L}_$][\p{L}\p{N}_$-]{0,100}/uy
const NUMBER = /[-+]?\d[\d ()./+-]{0,60}(?:[eE][-+]?\d+)?(?=\s*(?:[,}\]\n]|$))/y
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/

/** The ends of comments by how they begin. */
const COMMENTS: ReadonlyMap<string, string> = new Map([
  ['//', '\n'],
  ['/*', '*/']
])

/** The text ends here. */
class Cut extends Error {}

class Scanner {
  readonly repairs: UnmappedValue[] = []
  readonly #text: string
  #at = 0
  /** Where the value that is cut off begins; null: none is. */
  #cutFrom: number | null = null

  constructor(text: string) {
    this.#text = text
  }

  readDocument(): unknown {
    this.#skipBlank()
    this.#match(BEFORE)
    this.#skipBlank()
    if (this.#isEnd() || !'{['.includes(this.#next())) throw new SyntaxError('no object')
    const value = this.#readContainer('', 0)
    if (this.#cutFrom === null && !this.#isOnlyEnd()) throw new SyntaxError('more text')
    const cut = this.#cutFrom === null ? null : this.#text.slice(this.#cutFrom)
    this.repairs.unshift(
      cut === null
        ? { path: '', text: '', code: 'repaired_json' }
        : { path: '', text: cut.slice(0, MAX_TOLD).toWellFormed().trim(), code: 'cut_document' }
    )
    return value
  }

  /** Whether nothing but ends and comments follows. */
  #isOnlyEnd(): boolean {
    for (let before = -1; before !== this.#at;) {
      before = this.#at
      this.#match(AFTER)
      this.#skipBlank()
    }
    return this.#at >= this.#text.length
  }

  #readValue(pointer: string, depth: number): unknown {
    const next = this.#next()
    if (next === '{' || next === '[') return this.#readContainer(pointer, depth + 1)
    if (next in QUOTES) return this.#readText(AFTER_VALUE)
    // A template that had no value to fill in.
    if (next === ',' || next === '}' || next === ']') return null
    const number = this.#match(NUMBER)
    if (number !== null) return this.#isEnd() ? this.#giveUp() : readNumber(number)
    const word = this.#match(NAME)
    if (word === null || this.#isEnd()) return this.#giveUp()
    if (!WORDS.has(word)) throw new SyntaxError('a word without quotes')
    return WORDS.get(word)
  }

  /** An object or a list, up to where the text is cut off. */
  #readContainer(pointer: string, depth: number): unknown {
    if (depth > MAX_JSON_DEPTH) throw new SyntaxError('too deep')
    const isList = this.#next() === '['
    const holder: unknown[] | Record<string, unknown> = isList ? [] : {}
    this.#at += 1
    for (;;) {
      this.#skipBlank()
      const start = this.#at
      try {
        if (this.#next() === (isList ? ']' : '}')) break
        if (Array.isArray(holder)) {
          holder.push(this.#readValue(`${pointer}/${holder.length}`, depth))
        } else {
          this.#readMember(holder, pointer, depth)
        }
        if (this.#cutFrom !== null) return holder
        this.#skipBlank()
        if (this.#next() === ',') this.#skipCommas()
        else if (!this.#isBreak(isList)) throw new SyntaxError('no comma')
      } catch (error) {
        if (!(error instanceof Cut)) throw error
        this.#cutFrom ??= start
        return holder
      }
    }
    this.#at += 1
    return holder
  }

  #readMember(holder: Record<string, unknown>, pointer: string, depth: number): void {
    const name =
      this.#next() in QUOTES ? this.#readText(AFTER_NAME) : (this.#match(NAME) ?? this.#giveUp())
    this.#skipBlank()
    if (this.#next() !== ':') throw new SyntaxError('no colon')
    this.#at += 1
    this.#skipBlank()
    const at = `${pointer}/${escapePointer(name)}`
    const value = this.#readValue(at, depth)
    if (Object.hasOwn(holder, name)) {
      const text = typeof holder[name] === 'string' ? holder[name] : JSON.stringify(holder[name])
      this.repairs.push({ path: at, text: text.slice(0, MAX_TOLD), code: 'repeated_member' })
    }
    const joined = Object.hasOwn(holder, name) ? joinRepeated(holder[name], value) : value
    setOwn(holder, name, joined)
  }

  /** A text up to the quote that closes it: one that is not followed by the end of a value is inside of it. */
  #readText(after: RegExp): string {
    const close = QUOTES[this.#next()] ?? ''
    let read = ''
    let from = this.#at + 1
    for (let at = from; at < this.#text.length; at += 1) {
      const character = this.#text[at] ?? ''
      if (character === '\\') {
        const [escaped, length] = this.#escapeAt(at)
        read += this.#text.slice(from, at) + escaped
        from = at + length
        at = from - 1
      } else if (character === close && matchesAt(after, this.#text, at + 1)) {
        this.#at = at + 1
        const whole = read + this.#text.slice(from, at)
        if (SWALLOWED.test(whole)) throw new SyntaxError('several texts')
        return whole
      }
    }
    return this.#giveUp()
  }

  /** What an escape stands for, and its length. One that JSON has not stays as it is. */
  #escapeAt(at: number): [text: string, length: number] {
    const code = /^[\da-f]{4}$/i.exec(this.#text.slice(at + 2, at + 6))?.[0]
    const letter = this.#text[at + 1] ?? ''
    if (letter === 'u' && code !== undefined) {
      return [String.fromCharCode(Number.parseInt(code, 16)), 6]
    }
    const known = ESCAPES[letter] ?? (/["'\\/\n]/.test(letter) ? letter : undefined)
    return known === undefined ? ['\\', 1] : [known, 2]
  }

  /** Whether the next member begins on another line, where a comma was forgotten. */
  #isBreak(isList: boolean): boolean {
    const next = this.#next()
    if (next === (isList ? ']' : '}')) return true
    const before = this.#text.slice(Math.max(this.#at - 40, 0), this.#at)
    const blanks = before.slice(before.trimEnd().length)
    return !isList && next in QUOTES && (blanks.includes('\n') || this.#isMember())
  }

  /** Whether a name and a value begin here, where a comma was forgotten on the line. */
  #isMember(): boolean {
    return matchesAt(MEMBER, this.#text, this.#at)
  }

  /** Goes over a comma, and over others behind it. */
  #skipCommas(): void {
    while (this.#text[this.#at] === ',') {
      this.#at += 1
      this.#skipBlank()
    }
  }

  #next(): string {
    const next = this.#text[this.#at]
    return next ?? this.#giveUp()
  }

  #giveUp(): never {
    if (!this.#isEnd() && !this.#isInText()) throw new SyntaxError('no value')
    throw new Cut()
  }

  #isEnd(): boolean {
    return this.#text.slice(this.#at).trim() === ''
  }

  /** Whether a text begins here that is not closed. */
  #isInText(): boolean {
    return (this.#text[this.#at] ?? '') in QUOTES
  }

  /** Goes over blanks and comments. */
  #skipBlank(): void {
    for (;;) {
      const end = COMMENTS.get(this.#text.slice(this.#at, this.#at + 2))
      if (end !== undefined) {
        const found = this.#text.indexOf(end, this.#at + 2)
        this.#at = found === -1 ? this.#text.length : found + end.length
      } else if (/[\s\ufeff]/.test(this.#text[this.#at] ?? '')) {
        this.#at += 1
      } else {
        return
      }
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const [found = null] = pattern.exec(this.#text) ?? []
    if (found !== null) this.#at += found.length
    return found
  }
}

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(text)
}

/** A phone without quotes, such as `+48 601 234 567` or `0601234567`, is its digits. */
function readNumber(text: string): number | string {
  const isExact = JSON_NUMBER.test(text) && Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER
  return isExact ? Number(text) : text.trim()
}
