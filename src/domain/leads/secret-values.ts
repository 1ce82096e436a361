import { escapePattern } from '../text/escape-pattern.ts'
import { fold } from '../text/fold.ts'
import type { LeadContent, UnmappedValue } from './lead.ts'

/** What stands in the place of a secret. */
export const REMOVED = '[removed]'

const SECRET_NAME =
  /passw|passphrase|\bpwd\b|haslo|contrasen|kennwort|\bcv[vc]\d?\b|card ?(?:number|no|num)\b|credit ?card|kreditkart|tarjeta|karty/

/** The first digits of bank cards, which have 13 to 19 of them (ISO/IEC 7812). */
const CARD = /^(?:3[47]|4|5[1-5]|2[2-7]|6)\d{12,17}$/

/** The length from which a text is no part of another by chance. */
const TELLING_LENGTH = 8

/**
 * A capture without passwords and numbers of bank cards that forms send along: they are of no use for a
 * lead, and a harm where they are stored. Their place in `unmapped` and in the payload says so.
 */
export function withoutSecrets<
  T extends {
    leads: readonly { content: LeadContent }[]
    payload: { contentType: string; body: string }
  }
>(capture: T): T {
  const secrets = capture.leads.flatMap(({ content }) => content.unmapped.filter(isSecret))
  if (secrets.length === 0) return capture
  const leads = capture.leads.map((lead) => ({ ...lead, content: withoutOwn(lead.content) }))
  const body = secrets.reduce(withoutSecret, capture.payload.body)
  return { ...capture, leads, payload: { ...capture.payload, body } }
}

function withoutOwn(content: LeadContent): LeadContent {
  const unmapped = content.unmapped.map((one) => (isSecret(one) ? { ...one, text: REMOVED } : one))
  return { ...content, unmapped }
}

function isSecret({ path, text, code }: UnmappedValue): boolean {
  if (text === '' || (code !== undefined && code !== 'unknown_member')) return false
  return isSecretName(nameOf(path)) || isCardNumber(text)
}

/** Whether values of this name are secrets. */
export function isSecretName(name: string): boolean {
  const words = fold(name.replace(/([a-z])([A-Z])/g, '$1 $2')).replace(/[^a-z\d]+/g, ' ')
  return SECRET_NAME.test(words)
}

/** Whether a text is the number of a bank card. */
export function isCardNumber(text: string): boolean {
  if (text.length > MAX_CARD_LENGTH) return false
  const digits = text.replace(/[ -]/g, '')
  return CARD.test(digits) && isLuhn(digits)
}

/** With blanks between the digits. */
const MAX_CARD_LENGTH = 40

/** The name of the member at the end of a path: a JSON pointer, an XPath or a field's name. */
function nameOf(path: string): string {
  return path.split(/[/@]/).at(-1) ?? ''
}

/** Short texts are removed beside their name only: they may be a part of others. */
function withoutSecret(body: string, { path, text }: UnmappedValue): string {
  const written = [...new Set(spellingsOf(text))]
  if (text.length >= TELLING_LENGTH) {
    return written.reduce((left, spelling) => left.replaceAll(spelling, REMOVED), body)
  }
  const name = escapePattern(nameOf(path))
  const values = written.map(escapePattern).join('|')
  const named = new RegExp(`(${name}[^\\p{L}\\d]{0,40})(?:${values})(?![\\p{L}\\d])`, 'giu')
  return body.replace(named, `$1${REMOVED}`)
}

/** The text as it stands in plain text, JSON, XML and forms. */
function spellingsOf(text: string): string[] {
  const inXml = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const inForm = new URLSearchParams({ '': text }).toString().slice(1)
  return [text, JSON.stringify(text).slice(1, -1), inXml, encodeURIComponent(text), inForm]
}

/** The check digit of ISO/IEC 7812, annex B. */
function isLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return sum % 10 === 0
}
