/**
 * The plain text of HTML, as builders of forms and systems write it into messages: `One<br>two`, `a&nbsp;b`, and
 * tags that are escaped. Null: the text is plain. Signs that are no tags of prose, as in `price < 20000`, stay.
 */
export function htmlToText(text: string): string | null {
  const isEscaped = !TAG.test(text) && ESCAPED_TAG.test(text)
  const markup = isEscaped ? decodeReferences(text) : text
  const plain = decodeReferences(markup.replace(TAGS, lineOf))
  if (plain === text) return null
  return plain
    .split('\n')
    .map((line) => line.replace(/[\t \u00a0]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const NAMES =
  'br|p|div|span|b|strong|i|em|u|s|small|font|center|a|ul|ol|li|h[1-6]|hr|table|thead|tbody|tr|td|th|blockquote|pre|html|head|body|img'
const TAG = new RegExp(`</?(?:${NAMES})(?:\\s[^<>]{0,500})?/?>`, 'i')
const TAGS = new RegExp(`</?(${NAMES})(?:\\s[^<>]{0,500})?/?>(\\r?\\n)?`, 'gi')
const ESCAPED_TAG = new RegExp(`&lt;/?(?:${NAMES})(?:\\s[^<>]{0,500}?)?/?&gt;`, 'i')
const BLOCK = /^(?:p|div|ul|ol|h[1-6]|hr|table|tr|blockquote|pre)$/i

function lineOf(tag: string, name: string, end = ''): string {
  if (/^br$/i.test(name)) return '\n'
  if (/^li$/i.test(name)) return tag.startsWith('</') ? end : '\n- '
  if (/^t[dh]$/i.test(name)) return ' '
  return BLOCK.test(name) ? '\n' : end
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
    copy: '©',
    reg: '®'
  })
)

function decodeReferences(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d?);/gi, (given, name: string) => {
    if (name.startsWith('#')) return characterOf(name) ?? given
    const sign = SIGNS.get(name)
    if (sign !== undefined) return sign
    const [, letter = '', accent = ''] = /^([a-z])([a-z]{3,5})$/i.exec(name) ?? []
    const mark = ACCENTS[accent]
    return mark === undefined ? given : `${letter}${mark}`.normalize('NFC')
  })
}

/** The character of a number; null: it is none that a person types. */
function characterOf(name: string): string | null {
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  const isCharacter = code === 10 || (code >= 32 && code <= 0x10_ffff)
  const isSurrogate = code >= 0xd800 && code <= 0xdfff
  return isCharacter && !isSurrogate ? String.fromCodePoint(code) : null
}
