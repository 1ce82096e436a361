import { localName } from '../domain/adf/element-cursor.ts'
import { OUR_SOURCE } from '../domain/adf/write-prospect.ts'
import type { XmlElement } from '../domain/adf/xml.ts'

/** RFC 5322, section 2.1.1: no line may be longer, CRLF aside. Longer lines need an encoding of the mail. */
export const LINE_LIMIT = 998

/** What a line has at most where it can be broken: RFC 5322 asks for 78, and encodings of mail have 76. */
const LINE_LENGTH = 76

/** U+200B, where a line may end without a blank: its reference, as the document has it. */
const BREAK = '\u200b'
const BREAK_REFERENCE = '&#8203;'

/**
 * Folds the lines of an ASCII document to the length of mail, so that it needs no encoding.
 *
 * A text is broken after a blank, which stays. A longer run without a blank stays whole as far as mail allows; then,
 * as in Chinese, it is broken after U+200B. In a tag a line break takes the place of a blank, which XML reads as the
 * same. A receiver sees line breaks without a meaning; `unfold` removes them.
 */
export function foldLines(document: string): string {
  const lines = document.split('\n')
  return lines.map((line) => (line.length <= LINE_LENGTH ? line : foldLine(line))).join('\n')
}

/** A tag with its attributes, or the text up to the next tag. */
const TOKENS = /<(?:"[^"]*"|[^"<>])*>|[^<]+/g

function foldLine(line: string): string {
  const folded: string[] = []
  let length = 0
  for (const { text, isTag } of piecesOf(line)) {
    const last = folded.at(-1) ?? ''
    const isOver = length + text.length > LINE_LENGTH
    if (isOver && last.endsWith(' ')) {
      // The blank of a tag becomes the line break, that of a text stays before it.
      if (isTag) folded[folded.length - 1] = last.slice(0, -1)
      folded.push('\n')
      length = 0
    }
    for (const part of partsOf(text, LINE_LIMIT - length)) {
      folded.push(part)
      const end = part.lastIndexOf('\n')
      length = end === -1 ? length + part.length : part.length - end - 1
    }
  }
  return folded.join('')
}

interface Piece {
  text: string
  /** Whether the blank before it is one of a tag. */
  isTag: boolean
}

/** The parts of a tag with the blanks behind them; a value of an attribute stays whole. */
function attributesOf(tag: string): string[] {
  const parts: string[] = []
  let [start, isQuoted] = [0, false]
  for (let at = 0; at < tag.length; at += 1) {
    if (tag.charAt(at) === '"') isQuoted = !isQuoted
    if (isQuoted || tag.charAt(at) !== ' ') continue
    parts.push(tag.slice(start, at + 1))
    start = at + 1
  }
  return [...parts, tag.slice(start)]
}

/** What stays on one line: words with their blanks, and tags with the words that touch them. */
function piecesOf(line: string): Piece[] {
  const indent = /^ */.exec(line)?.[0] ?? ''
  const pieces: Piece[] = []
  let isOpen = false
  let piece: Piece = { text: indent, isTag: false }
  const tokens: string[] = line.slice(indent.length).match(TOKENS) ?? []
  for (const [place, token] of tokens.entries()) {
    const isTag = token.startsWith('<')
    // A name breaks before its tag ends rather than in itself.
    const end = tokens[place + 1] ?? ''
    const isShort = piece.text.length + token.length + end.length <= LINE_LENGTH
    const isWhole = !isTag && end !== '' && isShort
    const split = isTag ? attributesOf(token) : token.split(/(?<= )/)
    const words = isWhole ? [token] : split
    for (const [at, word] of words.entries()) {
      if (isOpen) {
        pieces.push(piece)
        piece = { text: '', isTag: isTag && at > 0 }
      }
      piece.text += word
      isOpen = !isWhole && word.endsWith(' ')
    }
  }
  return [...pieces, piece]
}

/** The text, broken after U+200B where it is longer than the room that a line has. */
function partsOf(text: string, room: number): string[] {
  if (text.length <= room) return [text]
  const parts: string[] = []
  let left = room
  for (const character of text.match(/&[#\w]+;|<(?:"[^"]*"|[^"<>])*>|./g) ?? []) {
    if (character.length + BREAK_REFERENCE.length > left) {
      parts.push(`${BREAK_REFERENCE}\n`)
      left = LINE_LIMIT
    }
    parts.push(character)
    left -= character.length
  }
  return parts
}

/** A prospect with its texts as before `foldLines`, if this service wrote it; other prospects unchanged. */
export function unfold(prospect: XmlElement): XmlElement {
  const isOurs = prospect.children.some(
    (child) =>
      typeof child !== 'string' &&
      localName(child.name) === 'id' &&
      child.attributes.source === OUR_SOURCE
  )
  return isOurs ? unfoldElement(prospect) : prospect
}

function unfoldElement({ name, attributes, children }: XmlElement): XmlElement {
  const entries = Object.entries(attributes)
  return {
    name,
    attributes: Object.fromEntries(
      entries.map(([key, value]) => [key, value.replaceAll(`${BREAK} `, '')])
    ),
    children: children.map((child) =>
      typeof child === 'string'
        ? child.replaceAll(`${BREAK}\n`, '').replaceAll(' \n', ' ')
        : unfoldElement(child)
    )
  }
}
