import { trimCharacters } from '../text/clean-text.ts'
import { MIN_DIALLED_DIGITS } from '../leads/contact.ts'
import { hasChatAddress } from './chat-links.ts'
import { inOneSpelling } from './email-spellings.ts'
import { isDomainEnding } from './mail-domains.ts'
import { isComposedOf } from './names-in-emails.ts'
import { digitsOf } from './phone-forms.ts'
import type { PointParsing } from './point-parsing.ts'

/** One address of a field, and the part of the field that it was read from. */
export interface FoundEmail {
  address: string
  raw: string
}

interface EmailField {
  /** The valid addresses in their order, each once. */
  emails: FoundEmail[]
  /** Texts that hold an address, and perhaps another one with the word beside it: `pat j@example.com`. */
  unsure: string[]
  /** The text beside all of these. */
  rest: string
}

/** The e-mail addresses of one field, and the text beside them. */
export function readEmailField(text: string, parseEmail: PointParsing['parseEmail']): EmailField {
  const words = wordsOf(inOneSpelling(text))
  const emails = new Map<string, FoundEmail>()
  const unsure: string[] = []
  const used = new Set<number>()
  words.forEach(({ addresses }, at) => {
    const found = addresses.flatMap((raw) => {
      const address = parseEmail(raw)
      return address === null ? [] : [{ address, raw }]
    })
    if (found.length === 0) return
    if (MAIL_LABELS.has(labelOf(words[at - 1]?.text ?? ''))) used.add(at - 1)
    const torn = found.length === 1 ? tornWords(words, at) : []
    for (const place of [...torn, at]) used.add(place)
    if (torn.length > 0) {
      const places = [...torn, at].toSorted((a, b) => a - b)
      unsure.push(places.map((place) => words[place]?.text ?? '').join(' '))
      return
    }
    for (const email of found) if (!emails.has(email.address)) emails.set(email.address, email)
  })
  const rest = words.filter((_, at) => !used.has(at)).map(({ text }) => text)
  return { emails: [...emails.values()], unsure, rest: rest.join(' ').trim() }
}

/**
 * Whether an address is one as it stands: no number is part of it (`601234567/jan@example.pl`), and no mark
 * that it could begin with by the letter, but does in no mailbox: `=jan@…` of a spreadsheet.
 */
export function isWholeAddress(text: string): boolean {
  const isEscaped = /%[\da-f]{2}/i.test(text)
  const isOther = isEscaped || isMarked(text) || hasChatAddress(text)
  return !/\d{6}[/\\]|\|/.test(text) && !isOther && !LINK.test(text)
}

function isMarked(text: string): boolean {
  return FIRST_MARKS.includes(text.charAt(0))
}

/** What stands before an address and is none of it: marks, and bullets of lists. */
export const FIRST_MARKS =
  ".:='`*{}|?/&^#\u2022\u2023\u2043\u25aa\u25cf\u25e6\u25ba\u25b8\u00b7\u2219\u2192\u2709"

interface Word {
  text: string
  /** What stands between the word and the one before it. */
  before: string
  addresses: string[]
}

function wordsOf(text: string): Word[] {
  let end = 0
  return Array.from(text.matchAll(WORD), (found) => {
    const before = text.slice(end, found.index)
    end = found.index + found[0].length
    return { text: found[0], before, addresses: addressesOf(found[0]) }
  })
}

/** Up to what can stand between two addresses, or between a name and an address. */
const WORD = /[^\s,;<>()[\]{}"|]+/g

/**
 * The words beside an address that may be parts of it: a blank or comma in an address tears it, and what is
 * left would be another person's. A name is none, where it has marks of its own or makes up the address
 * (`Jan Kos jan.kos@…`), and neither are a label and a phone number.
 */
function tornWords(words: readonly Word[], at: number): number[] {
  const [address = ''] = words[at]?.addresses ?? []
  const [local = ''] = address.split('@', 1)
  const before = wordsBefore(words, at)
  const names = words.slice(0, at).filter(({ addresses }) => addresses.length === 0)
  const given = before.map((place) => words[place]?.text ?? '')
  const isName =
    isComposedOf(
      local,
      names.map(({ text }) => text)
    ) || isWrittenAsName(given, local)
  return [...(before.length === 0 || isName ? [] : before), ...wordAfter(words, at)]
}

/** A mark behind which an address begins, the number of a place in a list, and a bullet. */
const ENDS_BEFORE = /[:=>/|&+-]$|^\d{1,2}\.$|^[^\p{L}\p{N}]+$/u

/** The places of the words with nothing but a blank, or a mark without one, up to the address. */
function wordsBefore(words: readonly Word[], at: number): number[] {
  const places: number[] = []
  const isBehindAddress = words.slice(0, at).some(({ addresses }) => addresses.length > 0)
  for (let place = at; place > 0; place -= 1) {
    const [word, next] = [words[place - 1], words[place]]
    // A line break within a local part: `jan.ko` and `walski@…`.
    const isLine =
      word !== undefined && /^ ?\r?\n ?$/.test(next?.before ?? '') && PART.test(word.text)
    if (!word || !next || !(isLine || /^(?: +|[,;"|])$/.test(next.before))) break
    const isApart =
      word.addresses.length > 0 ||
      ENDS_BEFORE.test(word.text) ||
      isLabel(word.text) ||
      isPhoneBefore(words, place)
    if (isApart || (isBehindAddress && BETWEEN.has(word.text.toLowerCase()))) break
    places.unshift(place - 1)
  }
  return places
}

/** What is no word: the beginning of a local part. */
const PART = /^[a-z\d]{1,20}(?:[._-][a-z\d]{0,20}){1,4}$/

/** Whether a phone ends before this word: neither it nor what stands before it is a part of an address. */
function isPhoneBefore(words: readonly Word[], end: number): boolean {
  let digits = ''
  for (let at = end - 1; at >= 0; at -= 1) {
    const text = words[at]?.text ?? ''
    if (!PHONE_PART.test(text)) break
    digits = digitsOf(text) + digits
    if (digits.length >= MIN_DIALLED_DIGITS) return true
    if (/\p{L}/u.test(text) || !/^[ ()]{1,3}$/.test(words[at]?.before ?? '')) break
  }
  return false
}

/** Digits of a phone, perhaps behind a label that touches them: `tel:601234567`. */
const PHONE_PART = /^(?:\p{L}{1,12}[.:]{1,2})?[+]?\d[\d./-]*$/u

/** The end of a domain that was torn off: a short word at the end of the field. */
function wordAfter(words: readonly Word[], at: number): number[] {
  const next = words[at + 1]
  if (!next || words.length > at + 2) return []
  if (isBrokenLine(words[at]?.text ?? '', next)) return [at + 1]
  const isShort = /^[a-z]{1,3}$/.test(next.text) && !isLabel(next.text)
  const isTorn = next.before === ' ' || (next.before === ',' && isDomainEnding(next.text))
  return isShort && isTorn ? [at + 1] : []
}

/** Whether a line break stands within a domain: the word before it has no usual ending. */
function isBrokenLine(word: string, { before, text }: Word): boolean {
  const isRest = /^[a-z\d-]{1,20}(?:\.[a-z]{2,12})?$/.test(text) && !isLabel(text)
  return /^ ?\r?\n ?$/.test(before) && isRest && !isDomainEnding(word.split('.').at(-1) ?? '')
}

/** Two words or more that begin with a capital, before an address that does not. */
function isWrittenAsName(words: readonly string[], local: string): boolean {
  const isCapital = words.every((word) => /^\p{Lu}[\p{L}\p{M}'-]+\.?$/u.test(word))
  return words.length > 1 && isCapital && /^[\p{Ll}\d]/u.test(local)
}

function isLabel(word: string): boolean {
  return LABELS.has(labelOf(word))
}

function labelOf(word: string): string {
  return trimCharacters(word.toLowerCase(), '', '.:')
}

const MAIL_LABELS = new Set('email e-mail mail mailto correo poczta'.split(' '))

const LABELS = new Set(
  (
    'email e-mail mail mailto correo adres adresse address mailadresse poczta tel phone mob contact kontakt ' +
    'private privat work home firma prywatny sluzbowy is to jest es ist at via na pod unter'
  ).split(' ')
)

const BETWEEN = new Set('or and lub albo oraz oder und o y i e'.split(' '))

/** The address of a word without a link's form and the marks of a sentence; several around slashes or colons. */
function addressesOf(word: string): string[] {
  if (!word.includes('@')) return []
  const parts = word.indexOf('@') === word.lastIndexOf('@') ? [word] : word.split(/[/:]/)
  return parts.map((part) =>
    trimCharacters(withoutLink(trimCharacters(part, FIRST_MARKS, '')), FIRST_MARKS, ".,:'*!?/\\#-")
  )
}

/** `mailto:jan%40x.example?subject=…`, `SMTP:jan@x.example`, `E:jan@x.example`, `http://jan@x.example` */
function withoutLink(word: string): string {
  let address = word
  // A template puts a link around a link.
  for (let links = 0; links < MAX_LINKS; links += 1) {
    const [link] = LINK.exec(address) ?? []
    if (link === undefined) break
    address = address.slice(link.length)
    if (/^e?mailto/i.test(link)) {
      address = (address.split('?', 1)[0] ?? '').replace(/%2b/gi, '+')
    }
  }
  return address
}

const MAX_LINKS = 3

/** Words before an address. A single letter is the label of a business card, and no mailbox begins with `www.`. */
const LINK =
  /^(?:(?:e?mailto|smtp|sip|xmpp|e-?mail|mail|correo|adres|adresse|address|poczta|kontakt|contact|to|do|para|an|e-?post|courriel|posta|pec)\d?[:=](?:\/\/)?|[ehmpw]:|https?:\/\/(?=[^/?#@]{1,64}@)|www\.)/i
