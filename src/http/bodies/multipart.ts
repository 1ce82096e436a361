import { fromQuoted } from '../../decoding/quoted-printable.ts'

/** One part of a body in `multipart/form-data`. */
export interface Part {
  name: string
  /** The name of the file; null: the part is a value. */
  fileName: string | null
  mediaType: string
  charset: string | undefined
  bytes: Buffer
}

const BASE64 = /\ncontent-transfer-encoding:[ \t]*base64\b/i
const QUOTED = /\ncontent-transfer-encoding:[ \t]*quoted-printable\b/i

/** The bytes of a part without the encoding for mails. */
function transferred(header: string, bytes: Buffer): Buffer {
  if (BASE64.test(header)) return Buffer.from(bytes.toString('latin1'), 'base64')
  return QUOTED.test(header) ? fromQuoted(bytes) : bytes
}

export interface Multipart {
  parts: Part[]
  /** Whether the body ends before its last boundary. */
  isCut: boolean
  /** The part in which it ends, with as much of it as there is, where its name is known. */
  cut: Part | null
}

/** A header of a part that is longer is none. */
const MAX_HEADER = 8_192

/**
 * The parts of a body in `multipart/form-data`. The boundary is that of the media type or else the first line
 * of the body, as software writes it that sets the type without one. Null: it has no parts.
 */
export function readMultipart(
  bytes: Buffer,
  contentType: string,
  maxParts: number,
  isNamed = true
): Multipart | null {
  const text = bytes.toString('latin1')
  const boundary = boundaryOf(text, contentType)
  if (boundary === null) return null
  const mark = `--${boundary}`
  const parts: Part[] = []
  let at = text.startsWith(mark) ? 0 : lineAt(text, mark, 0)
  while (at !== -1 && parts.length < maxParts) {
    const start = at + mark.length
    if (text.startsWith('--', start)) return { parts, isCut: false, cut: null }
    const next = lineAt(text, mark, start)
    const end = next === -1 ? text.length : next
    const part = partOf(text, bytes, {
      start,
      end: next === -1 ? end : withoutBreak(text, end),
      isNamed
    })
    if (next === -1) return { parts, isCut: text.slice(start).trim() !== '', cut: part }
    if (part) parts.push(part)
    at = next
  }
  return { parts, isCut: false, cut: null }
}

function boundaryOf(text: string, contentType: string): string | null {
  const [, quoted, bare] = /boundary=(?:"([^"]{1,200})"|([^\s;,"]{1,200}))/i.exec(contentType) ?? []
  const named = quoted ?? bare
  if (named !== undefined && text.includes(`--${named}`)) return named
  return /^\s{0,10}--([^\s"]{1,200}?)\r?\n(?:content-|\S)/i.exec(text.slice(0, 512))?.[1] ?? null
}

/** Where the mark begins a line. */
function lineAt(text: string, mark: string, from: number): number {
  const found = text.indexOf(`\n${mark}`, from)
  return found === -1 ? -1 : found + 1
}

/** The line break before a boundary belongs to it. */
function withoutBreak(text: string, end: number): number {
  return text.startsWith('\r', end - 2) ? end - 2 : end - 1
}

function partOf(
  text: string,
  bytes: Buffer,
  { start, end, isNamed }: { start: number; end: number; isNamed: boolean }
): Part | null {
  const window = text.slice(start, Math.min(end, start + MAX_HEADER))
  const [blank = ''] = /\r?\n\r?\n/.exec(window) ?? []
  const length = blank === '' ? -1 : window.indexOf(blank)
  if (length === -1) return null
  // Names of fields are in the encoding of the page, which is known later.
  const header = window.slice(0, length)
  const name = parameterOf(header, 'name') ?? (isNamed ? damagedName(header) : '')
  if (name === null) return null
  const [, mediaType = 'text/plain', charset] =
    /\ncontent-type:[ \t]*([^\s;]{1,100})(?:;[ \t]*charset="?([\w-]{1,40}))?/i.exec(header) ?? []
  return {
    name,
    fileName: parameterOf(header, 'filename'),
    mediaType,
    charset,
    bytes: transferred(header, bytes.subarray(start + length + blank.length, end))
  }
}

/** What is left of the name in a damaged header: the value of the part may say what it is. Null: it has no header. */
function damagedName(header: string): string | null {
  if (!/[a-z]/i.test(header)) return null
  return /"([^"\r\n;]{1,100})/.exec(header)?.[1] ?? ''
}

/** Browsers write a quote and a line break in a name with percent signs. */
function parameterOf(header: string, name: string): string | null {
  // A damaged byte in the name of the line costs no part.
  const [line = header] = /\ncontent-disposition:[^\n]*/i.exec(header) ?? []
  const [, quoted, bare] =
    new RegExp(String.raw`[;\s]${name}=(?:"([^"]*)"|([^\s;"]+))`, 'i').exec(line) ?? []
  const value = quoted ?? bare
  return value?.replace(/%22/g, '"').replace(/%0[ad]/gi, ' ') ?? null
}
