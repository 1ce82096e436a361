import { localName } from '../domain/adf/element-cursor.ts'
import { OUR_SOURCE } from '../domain/adf/write-prospect.ts'
import type { XmlElement } from '../domain/adf/xml.ts'

/** RFC 5322, section 2.1.1: no line may be longer, CRLF aside. Longer lines need an encoding of the mail. */
export const LINE_LIMIT = 998

/** U+200B, where a line may end without a blank: its reference, as the document has it. */
const BREAK = '\u200b'
const BREAK_REFERENCE = '&#8203;'

/**
 * Folds the lines of an ASCII document that are longer than mail allows, so that it needs no encoding.
 *
 * A text is broken after a blank, which stays. A run of more characters without a blank, as in Chinese, is
 * broken after U+200B. In a tag a line break takes the place of a blank, which XML reads as the same. A receiver
 * sees line breaks without a meaning; `unfold` removes them.
 */
export function foldLines(document: string): string {
  const lines = document.split('\n')
  return lines.map((line) => (line.length <= LINE_LIMIT ? line : foldLine(line))).join('\n')
}

/** A tag with its attributes, or the text up to the next tag. */
const TOKENS = /<(?:"[^"]*"|[^"<>])*>|[^<]+/g

function foldLine(line: string): string {
  const folded: string[] = []
  let length = 0
  const add = (piece: string) => {
    folded.push(piece)
    length += piece.length
  }
  const endLine = () => {
    folded.push('\n')
    length = 0
  }
  for (const token of line.match(TOKENS) ?? []) {
    const isTag = token.startsWith('<')
    if (isTag && token.length <= LINE_LIMIT) {
      if (length + token.length > LINE_LIMIT) endLine()
      add(token)
      continue
    }
    for (const word of token.match(/[^ ]+ ?| /g) ?? []) {
      const last = folded.at(-1) ?? ''
      if (length + word.length > LINE_LIMIT && last.endsWith(' ')) {
        if (isTag) folded[folded.length - 1] = last.slice(0, -1)
        endLine()
      }
      if (length + word.length <= LINE_LIMIT) {
        add(word)
        continue
      }
      for (const character of word.match(/&[#\w]+;|./g) ?? []) {
        if (length + character.length + BREAK_REFERENCE.length > LINE_LIMIT) {
          add(BREAK_REFERENCE)
          endLine()
        }
        add(character)
      }
    }
  }
  return folded.join('')
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
