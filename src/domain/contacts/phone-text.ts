import { trimCharacters } from '../text/clean-text.ts'
import { fold } from '../text/fold.ts'
import { htmlToText } from '../text/html-text.ts'
import type { PhoneType } from '../leads/lead.ts'

/** What is left of a phone text when the words around its number are read. */
export interface PhoneText {
  number: string
  /** The type that a label names, such as `mob:`; null: none does. */
  type: PhoneType | null
}

/**
 * Takes off what people and programs write around a number: a spreadsheet's forms, links, labels and
 * extensions in English, Spanish, Polish and German. `text` is plain.
 */
export function phoneTextOf(text: string): PhoneText {
  const { rest, type } = withoutLabels(withoutLink(withoutSheetForm(text)))
  const number = trimMarks(rest.replace(EXTENSION, '').replace(EMPTY_EXTENSION, ''))
  return { number, type }
}

/** A number as a spreadsheet leaves it: `="601…"`, `'601…`, `601….0`, `6.01234567E+08`. */
function withoutSheetForm(text: string): string {
  const bare = trimCharacters(text, ' ="\'', ' "\'')
  const [decimal] = /^(?:\+?\d{6,15}(?=[.,]0{1,2}$)|\+?\d{9,15}(?=[.,]0{3,6}$))/.exec(bare) ?? []
  return decimal ?? thousandsOf(bare) ?? integerOf(bare) ?? groupedWhole(bare) ?? bare
}

/** `601-234-567.0`, `22 621 20 20.0`: the mark of the decimals is none of those between the groups. */
function groupedWhole(text: string): string | null {
  const [, whole = '', mark = ''] = /^([+(]{0,2}\d[\d ()./-]{7,25}\d)([.,])0$/.exec(text) ?? []
  if (whole.replace(/\D/g, '').length < MIN_WHOLE) return null
  // A number that a spreadsheet took for one has lost its zero: with it, a point is a mark like the others.
  return whole.includes(mark) && /^[(+0]/.test(whole) ? null : whole
}

const MIN_WHOLE = 9

/** `601,234,567.00`, `601 234 567,00`: the mark of the decimals is another than that of the thousands. */
function thousandsOf(text: string): string | null {
  const [, whole, mark] =
    /^(\d{1,3}(?:([., ])\d{3})(?:\2\d{3}){1,3})(?!\2)[.,]0{1,2}$/.exec(text) ?? []
  return whole === undefined || mark === undefined ? null : whole.replaceAll(mark, '')
}

/** Only where no digit is lost: the exponent is as large as the digits behind the mark are many. */
function integerOf(text: string): string | null {
  const [, first = '', others = '', exponent] =
    /^\+?(\d)[.,](\d{1,15})e\+?(\d{1,2})$/i.exec(text) ?? []
  if (exponent === undefined) return null
  const significant = others.slice(0, Number(exponent))
  const isWhole =
    significant.length === Number(exponent) && /^0*$/.test(others.slice(significant.length))
  return isWhole ? first + significant : null
}

/** `tel:`, `callto://`, Facebook's `p:`, `https://wa.me/`; `%2B` in them is a plus. */
function withoutLink(text: string): string {
  const [link] = /^(?:https?:\/\/(?:www\.)?wa\.me\/|[a-z]+:(?:\/\/)?)/i.exec(text) ?? []
  if (link === undefined) return text
  const scheme = (link.split(':', 1)[0] ?? '').toLowerCase()
  // Other words before a colon are labels.
  if (!LINKS.has(scheme) && !scheme.startsWith('http')) return text
  return text.slice(link.length).replace(/%2b/gi, '+').replace(/%20/g, ' ').trim()
}

const LINKS: ReadonlySet<string> = new Set(['tel', 'callto', 'sms', 'whatsapp', 'p', 'phone'])

/**
 * The text of a field in HTML: what a link shows, or where that is no number, what it dials. A text that is
 * no number without its tags stays.
 */
export function linkedNumber(text: string): string {
  if (!text.includes('<')) return text
  const shown = text.replace(LINK, (_, dialled: string, inside: string) =>
    inside.replace(/\D/g, '').length < MIN_SHOWN ? ` ${dialled} ` : ` ${inside} `
  )
  const plain = htmlToText(shown) ?? shown
  return plain.replace(/\D/g, '').length < MIN_SHOWN ? text : plain
}

const LINK =
  /<a\s[^<>]{0,300}?href\s{0,3}=\s{0,3}["']?(?:tel|callto|sms):([^"'<>\s]{1,60})["']?[^<>]{0,300}>([\s\S]{0,200}?)<\/a>/gi
const MIN_SHOWN = 6

/** The words at either end that name the number: `tel. kom.:`, `(mobile)`. */
function withoutLabels(text: string): { rest: string; type: PhoneType | null } {
  let rest = text
  let type: PhoneType | null = null
  let isPhone = false
  for (;;) {
    const found = FIRST_WORD.exec(rest) ?? LAST_WORD.exec(rest)
    const label = fold(found?.[1] ?? '')
    if (found === null || !Object.hasOwn(LABELS, label)) return { rest, type }
    // `Tel./Fax` is a phone too.
    if (PHONES.has(label)) isPhone = true
    const named = LABELS[label] ?? null
    if (named !== 'fax' || !isPhone) type ??= named
    rest = found.index === 0 ? rest.slice(found[0].length) : rest.slice(0, found.index)
    rest = trimMarks(rest)
  }
}

/** Whether a word names the number beside it, and no other part of a sentence. */
export function isPhoneLabel(word: string): boolean {
  const label = fold(word)
  return (
    Object.hasOwn(LABELS, label) ||
    label.split(' ').every((part) => part !== '' && Object.hasOwn(LABELS, part))
  )
}

/** Whether a word by itself names a phone. */
export function isAnyLabel(word: string): boolean {
  return Object.hasOwn(LABELS, fold(word))
}

/** The type that the words before a number name, the nearest ones: `moje dane: tel. kom.` */
export function typeBefore(text: string): PhoneType | null {
  const words = fold(text.slice(-MAX_BEFORE)).split(' ')
  const labels: string[] = []
  for (const word of words.toReversed()) {
    if (labels.length === MAX_LABELS || !Object.hasOwn(LABELS, word)) break
    labels.unshift(word)
  }
  return labels.length === 0 ? null : withoutLabels(labels.join(' ')).type
}

const MAX_BEFORE = 40
const MAX_LABELS = 3

const FIRST_WORD = /^[("[]?(\p{L}+)[-.:)\]"°º# ]*/u
const LAST_WORD = /(?<!\p{L})(\p{L}+)[.:)\]"]{0,3}$/u

/** Words for a phone, which may be a fax at the same time. */
const PHONES: ReadonlySet<string> = new Set(
  'tel telephone telefon telefonu telefono tlf tfno tf ph phone fon t p'.split(' ')
)

const LABELS: Readonly<Record<string, PhoneType | null>> = {
  ...labels(
    null,
    'tel telephone telefon telefonu telefono tlf tfno tf ph phone fon t p nr no num number'
  ),
  ...labels(
    null,
    'numer numero contact contacto kontakt whatsapp wa voice telefonnummer rufnummer direct direkt directo ' +
      'zentrale centrala centralita switchboard main'
  ),
  ...labels('mobile', 'm c mob mobile mobil cell cel cellular celular cellphone movil handy kom'),
  ...labels(
    'mobile',
    'komorka komorkowy komorkowego mov gsm mobilny handynummer mobiltelefon mobilfunk mobilnummer'
  ),
  ...labels(
    'home',
    'h home casa fijo dom domowy prywatny prywatnie stacjonarny particular privat private festnetz'
  ),
  ...labels(
    'work',
    'w o work office business oficina trabajo praca biuro sluzbowy sluzbowo firmowy firma'
  ),
  ...labels('work', 'dienstlich geschaftlich buro arbeit'),
  ...labels('fax', 'f fax faks faxu faksu telefax')
}

function labels(type: PhoneType | null, words: string): Record<string, PhoneType | null> {
  return Object.fromEntries(words.split(' ').map((word) => [word, type]))
}

/** An extension at the end: E.164 has no room for it, and the text as given keeps it. */
const EXTENSION = new RegExp(
  String.raw`(?<!\p{L})(?:extensi[oó]n|extn|ext|interno|interna|int|anexo|anx|wewnętrzny|wewn|wew` +
    String.raw`|durchwahl|dw|nebenstelle|nst|apparat|app|x|(?<=\d ?)w|#)[.:=]{0,2} ?\d{1,7}\)?$`,
  'iu'
)

/** The sign of an extension that a form has no digits for: `5852976204x`. */
const EMPTY_EXTENSION = /(?<=\d) ?(?:x|ext|extn|wewn?|dw)[.:=#]{0,2}$/i

/** Without blanks and marks that neither begin nor end a number. */
function trimMarks(text: string): string {
  return trimCharacters(text, ` ,;:.-/|"'?!*~=<>#`, ` ,;:.-/|"'([+?!*~=<>`)
}
