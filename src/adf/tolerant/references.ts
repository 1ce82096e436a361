import { decodeHTMLStrict } from 'entities/decode'
import type { Repairs } from '../../decoding/repairs.ts'
import { OPEN_LETTERS, OPEN_SIGNS } from '../../domain/text/html-references.ts'
import { SURROGATE_REFERENCES, characterOfPair } from '../../domain/text/surrogate-references.ts'

const XML_NAMES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The last are a number and a name without their semicolon, as browsers still read them. */
const REFERENCE = new RegExp(
  SURROGATE_REFERENCES +
    String.raw`|&(?:#x([\da-f]{1,12});|#(\d{1,12});|([a-z][a-z\d]{1,31});|#(\d{2,7})(?![\d;])|((?:${OPEN_LETTERS})(?![;=])|${OPEN_SIGNS}))?`,
  'gi'
)

/**
 * Replaces the references in a text: XML's five names and numbers, and as repairs all names of HTML and
 * numbers that stand for no character of XML. An `&` that begins no reference stays.
 */
export function replaceReferences(text: string, offset: number, repairs: Repairs): string {
  if (!text.includes('&')) return text
  return text.replace(REFERENCE, (given, ...groups: (string | undefined)[]) => {
    const [high, low, hex, decimal, name, openDecimal, open] = groups
    const at = offset + Number(groups[7])
    if (high !== undefined && low !== undefined) {
      repairs.add('html_entity', at, given)
      return characterOfPair(high, low)
    }
    if (hex !== undefined) return characterOf(Number.parseInt(hex, 16), given, at, repairs)
    if (decimal !== undefined) return characterOf(Number(decimal), given, at, repairs)
    if (openDecimal !== undefined) {
      repairs.add('html_entity', at, given)
      return characterOf(Number(openDecimal), given, at, repairs)
    }
    const known = name === undefined ? undefined : XML_NAMES[name]
    if (known !== undefined) return known
    const entity = name ?? open
    const meant = entity === undefined ? null : namedCharacter(entity)
    repairs.add(meant === null ? 'stray_ampersand' : 'html_entity', at, given)
    return meant ?? given
  })
}

function namedCharacter(name: string): string | null {
  for (const spelling of [name, name.toLowerCase()]) {
    const reference = `&${spelling};`
    const meant = decodeHTMLStrict(reference)
    if (meant !== reference) return meant
  }
  return null
}

function characterOf(code: number, given: string, at: number, repairs: Repairs): string {
  if (isXmlCharacter(code) && (code < 0x80 || code > 0x9f)) return String.fromCodePoint(code)
  // HTML reads these numbers as characters of windows-1252, and so do their writers.
  if (code >= 0x80 && code <= 0x9f) {
    repairs.add('html_entity', at, given)
    return decodeHTMLStrict(`&#${code};`)
  }
  repairs.add('control_character', at, given)
  return code < 0x20 ? ' ' : '\ufffd'
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff)
}
