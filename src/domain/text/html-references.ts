import { withoutSurrogateReferences } from './surrogate-references.ts'

/** How often a text may have been written as HTML: once by the page, and once more by what sent it on. */
const MAX_ROUNDS = 2

/** A short text, such as a name, with the character references of HTML as their signs: `Tom &amp; Jerry`. */
export function withoutReferences(text: string): string {
  let read = text
  for (let round = 0; round < MAX_ROUNDS && read.includes('&'); round += 1) {
    read = decodeReferences(read)
  }
  return read
}

/** Letters whose names browsers read without their semicolon too, within a word as well: `&Aacutelvarez`. */
export const OPEN_LETTERS = '[a-z](?:acute|grave|circ|uml|tilde|cedil|ring)|szlig|oslash|aelig'
/** Signs that are read so where neither a letter nor a value follows: `&amp Sons`, and no `?a=1&lt=2`. */
export const OPEN_SIGNS = String.raw`(?:amp|lt|gt|quot|nbsp)(?![\w;=])`

const REFERENCE = new RegExp(
  String.raw`&(?:(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d?);|(#\d{2,7}(?![\d;])|(?:${OPEN_LETTERS})(?![;=])|${OPEN_SIGNS}))`,
  'gi'
)

/** The text with the references of HTML that people's texts have, as their signs. The domain has no package for them. */
export function decodeReferences(text: string): string {
  return withoutSurrogateReferences(text).replace(
    REFERENCE,
    (given, closed: string | undefined, open = '') => {
      const name = closed ?? String(open)
      if (name.startsWith('#')) return characterOf(name) ?? given
      const sign = SIGNS.get(name)
      if (sign !== undefined) return sign
      const [, letter = '', accent = ''] = /^([a-z])([a-z]{3,5})$/i.exec(name) ?? []
      const mark = ACCENTS[accent]
      const written = mark === undefined ? given : `${letter}${mark}`.normalize('NFC')
      // No other letter has such a name.
      return closed === undefined && written.length > 1 ? given : written
    }
  )
}

/** Names of accents in HTML, by the mark that follows the letter. */
const ACCENTS: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  uml: '\u0308',
  tilde: '\u0303',
  cedil: '\u0327',
  ring: '\u030a',
  caron: '\u030c',
  ogon: '\u0328',
  dot: '\u0307'
}

const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    szlig: 'ß',
    lstrok: 'ł',
    Lstrok: 'Ł',
    euro: '€',
    pound: '£',
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    laquo: '«',
    raquo: '»',
    hellip: '…',
    bull: '•',
    middot: '·',
    iquest: '¿',
    iexcl: '¡',
    deg: '°',
    sup2: '²',
    sup3: '³',
    oslash: 'ø',
    Oslash: 'Ø',
    aelig: 'æ',
    AElig: 'Æ',
    oelig: 'œ',
    OElig: 'Œ',
    eth: 'ð',
    ETH: 'Ð',
    thorn: 'þ',
    THORN: 'Þ',
    dstrok: 'đ',
    Dstrok: 'Đ',
    inodot: 'ı',
    trade: '™',
    num: '#',
    commat: '@',
    period: '.',
    lowbar: '_',
    plus: '+',
    lpar: '(',
    rpar: ')',
    copy: '©',
    reg: '®'
  })
)

/** The character of a number; null: it is none that a person types. */
function characterOf(name: string): string | null {
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  const isCharacter = code === 10 || (code >= 32 && code <= 0x10_ffff)
  const isSurrogate = code >= 0xd800 && code <= 0xdfff
  return isCharacter && !isSurrogate ? String.fromCodePoint(code) : null
}
