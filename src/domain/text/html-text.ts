import { decodeReferences, withoutReferences } from './html-references.ts'

/**
 * The plain text of HTML, as builders of forms and systems write it into messages: `One<br>two`, `a&nbsp;b`, and
 * tags that are escaped. Null: the text is plain. Signs that are no tags of prose, as in `price < 20000`, stay.
 */
export function htmlToText(text: string): string | null {
  const isEscaped = !TAG.test(text) && ESCAPED_TAG.test(text)
  const markup = isEscaped ? decodeReferences(text) : text
  const plain = decodeReferences(markup.replace(LINK, withTarget).replace(TAGS, lineOf))
  if (plain === text) return null
  return plain
    .split('\n')
    .map((line) => line.replace(/[\t \u00a0]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** A short text, such as a name, as people read it: `<b>Bo</b> Li` and `Tom &amp; Jerry` on one line. */
export function plainShortText(text: string): string {
  const read = withoutReferences(text)
  // `Bo <Li>` is a name and not the item of a list: that one ends.
  const isMarkup = /<\/[a-z]|<br/i.test(read)
  return (isMarkup ? htmlToText(read)?.replace(/\s+/g, ' ') : null) ?? read
}

const NAMES =
  'br|p|div|span|b|strong|i|em|u|s|small|font|center|a|ul|ol|li|h[1-6]|hr|table|thead|tbody|tr|td|th|blockquote|pre|html|head|body|img'
const TAG = new RegExp(`</?(?:${NAMES})(?:\\s[^<>]{0,500})?/?>`, 'i')
const TAGS = new RegExp(`</?(${NAMES})(?:\\s[^<>]{0,500})?/?>(\\r?\\n)?`, 'gi')
const ESCAPED_TAG = new RegExp(`&lt;/?(?:${NAMES})(?:\\s[^<>]{0,500}?)?/?&gt;`, 'i')
const BLOCK = /^(?:p|div|ul|ol|h[1-6]|hr|table|tr|blockquote|pre)$/i

/** A link that dials a number or writes to an address. */
const LINK =
  /<a\s[^<>]{0,300}?href\s{0,3}=\s{0,3}["']?(?:tel|mailto):([^"'<>\s?]{1,100})[^<>]{0,300}>([^<>]{0,200})<\/a>/gi

/** The text of a link with whom it leads to, where the text does not show that: `call (+48601234219)`. */
function withTarget(link: string, target: string, shown: string): string {
  const digits = shown.replace(/\D/g, '')
  return shown.includes('@') || digits.length >= MIN_SHOWN ? link : `${shown} (${target})`
}

const MIN_SHOWN = 6

function lineOf(tag: string, name: string, end = ''): string {
  if (/^br$/i.test(name)) return '\n'
  if (/^li$/i.test(name)) return tag.startsWith('</') ? end : '\n- '
  if (/^t[dh]$/i.test(name)) return ' '
  return BLOCK.test(name) ? '\n' : end
}
