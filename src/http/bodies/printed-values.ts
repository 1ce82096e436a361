import { MAX_JSON_DEPTH } from '../../domain/text/json-depth.ts'
import { setOwn } from '../../domain/text/set-own.ts'

/** `[name] => Jan` of `print_r`, `["name"]=>` of `var_dump`, `'name' => 'Jan',` of `var_export`. */
const KEY =
  /^\s{0,200}(?:\[["']?([^\]\n"']{1,80})["']?(?::["']?[\w\\]{1,60}["']?(?::\w{1,20})?)?\]|["':]([^"'\n=]{1,80}?)["']?|(\d{1,6}))\s{0,20}=>[ \t]?(.*)$/
/** What begins a list or an object. */
const OPEN =
  /^(?:Array|[\w\\]{1,80} Object|array\s?\(|\\?[\w\\]{1,80}::__set_state\(array\(|(?:array\(\d{1,6}\)|(?:object|class)\([\w\\]{1,80}\)(?:#\d{1,9})?\s?\(\d{1,6}\))\s?\{|\[|\{)$/
const CLOSE = /^[)}\]]{1,2}[,;]?$/
const BRACKET = /^[([{]$/
/** `string(7) "Jan Kos"`, `int(5)`, `bool(true)`, `string 'Jan' (length=3)`. */
const TYPED =
  /^(?:string|int|float|bool|boolean|double)(?:\(\d{1,9}\))?\s?(?:\(([^()]{0,60})\)|(["'])(.*)\2(?:\s?\(length=\d{1,9}\))?|([\d.-]{1,40}|true|false))$/

type Holder = Record<string, unknown>

/**
 * What a program of PHP or Ruby has printed of its values: lists and objects, a line for each member. Null: the text is
 * something else.
 */
export function readPrintedValues(text: string): unknown {
  if (!text.includes('=>')) return null
  const root: Holder = {}
  const holders: Holder[] = [root]
  /** The member whose value is on the next line, or goes on there. */
  let key: string | null = null
  let isOpen = false
  let count = 0
  const take = (given: string): void => {
    const holder = holders.at(-1)
    const value = given.trim()
    if (!holder || key === null) return
    if (OPEN.test(value)) {
      const inner: Holder = {}
      setOwn(holder, key, inner)
      if (holders.length < MAX_JSON_DEPTH) holders.push(inner)
      key = null
    } else setOwn(holder, key, scalarOf(value))
  }
  for (const line of text.split(/\r?\n/)) {
    const plain = line.trim()
    const [, bracketed, quoted, bare, value = ''] = KEY.exec(line) ?? []
    const found = bracketed ?? quoted ?? bare
    if (found !== undefined) {
      count += 1
      key = found
      isOpen = value.trim() === ''
      take(value)
    } else if (CLOSE.test(plain)) {
      if (holders.length > 1) holders.pop()
      key = null
    } else if (key !== null && plain !== '' && !BRACKET.test(plain)) {
      if (isOpen) take(plain)
      else goOn(holders.at(-1), key, line)
      isOpen = false
    }
  }
  return count > 1 ? listed(root) : null
}

/** A text of several lines. */
function goOn(holder: Holder | undefined, key: string, line: string): void {
  const before = holder?.[key]
  if (holder && typeof before === 'string') setOwn(holder, key, `${before}\n${line.trimEnd()}`)
}

function scalarOf(text: string): string | null {
  const value = text.replace(/,$/, '').trim()
  if (/^(?:null|nil|"")$/i.test(value)) return null
  const [typed, inner, , quotedText, plain] = TYPED.exec(value) ?? []
  if (typed !== undefined) return inner ?? quotedText ?? plain ?? ''
  const isQuoted = /^(["']).*\1$/.test(value)
  return isQuoted ? value.slice(1, -1).replace(/\\(['"\\])/g, '$1') : text
}

/** The value with lists for objects whose members are numbered. */
function listed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [name, listed(member)] as const)
  const isList = members.length > 0 && members.every(([name], at) => name === String(at))
  return isList ? members.map(([, member]) => member) : Object.fromEntries(members)
}
