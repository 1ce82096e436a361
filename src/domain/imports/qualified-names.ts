import type { PhoneType } from '../leads/lead.ts'
import { fold } from '../text/fold.ts'
import { COLUMN_NAMES } from './column-names.ts'
import { LABEL_WORDS } from './label-words.ts'
import { MORE_POINT_WORDS } from './foreign-point-words.ts'

/**
 * Names of columns that are a word for an e-mail, a phone or a part of an address with words around it
 * that say which: `E-mail 2 Address` and `Business Street 2` of Outlook, `Phone 1 - Value` of Google
 * Contacts, `Person - Email - Work` of Pipedrive, `Telefon geschäftlich`, `Adres służbowy - miasto`.
 */

/** An e-mail or phone, and how far it is from being the main one: the lowest rank is. */
export interface ContactColumn {
  kind: 'email' | 'phone'
  rank: number
  /** Of a phone, as far as the name says it. */
  type: PhoneType | null
}

const set = (words: string, more: readonly string[] = []) => new Set([...words.split(' '), ...more])

const EMAIL = set(
  'email emails mail mailowa mailowy correo correos poczta courriel posta почта пошта',
  MORE_POINT_WORDS.email
)
const PHONE = set(
  'phone phones telephone haupttelefon autotelefon tel telefono telefonos telefon telefonu telefonnummer ' +
    'telefonnr telnr tfno tlf tfn msisdn fon rufnummer ruckrufnummer ruckruf callback fono landline festnetz festnetznummer ' +
    'telefoon telefoonnummer telefoonnr telefonszam telefonni telefonne телефон телефона телефону',
  MORE_POINT_WORDS.phone
)
const MOBILE = set(
  'mobile cell cellphone cellular movil celular komorka komorkowy komorkowego kom handy handynummer ' +
    'mobil mobiltelefon mobilnummer mobilnr handynr mobilfunk mobilfunknummer iphone mobiltelefonnummer ' +
    'mob cel ' +
    'portable cellulare mobiel mobieltje mobilszam mobilni telemovel мобильныи мобильного мобільнии',
  MORE_POINT_WORDS.mobile
)
const HOME = set(
  'home private personal residence residencia particular casa domicilio domowy prywatny prywatna privat private ' +
    'privates zuhause mailing priv pryw'
)
const WORK = set(
  'work business office company firmy trabajo oficina empresa laboral sluzbowy sluzbowa firmowy ' +
    'gesch dienstl sluzb trab ofic geschaftlich dienstlich buro arbeit firma billing',
  MORE_POINT_WORDS.work
)
const OTHER = set(
  'other others alternate alternative alt alternativ alternativo alternativa secondary second additional car autotelefon landline otro otra otros adicional ' +
    'confirm confirmation confirmed repeat retype reenter again verify potwierdz potwierdzenie powtorz ponownie powtorzenie ' +
    'confirmar confirma confirmacion repetir repite bestatigen bestatigung wiederholen wiederholung ' +
    'segundo fijo inny inna drugi dodatkowy stacjonarny weitere weiterer andere zweite festnetz',
  MORE_POINT_WORDS.other
)
/** Words that change nothing. */
const PLAIN = set(
  'main primary podstawowy do default first day daytime evening best preferred preferido bevorzugt principal glowny haupt haupttelefon value wert valor wartosc address ' +
    'addresses adres adresse adressen direccion de del la el number numbers numer numero nummer nr no ' +
    'num contact contacto kontakt kontaktu person osoby customer client cliente klienta lead user kunde ' +
    'kunden electronico elektroniczna elektronicznej kontaktowy kontaktowa kontaktowego skrzynka ' +
    'e n whatsapp sms reach you at and or i lub albo y o und oder ' +
    'cislo cim numeru numar di indirizzo adresa adres elektronicka elettronica elettronico эл электронная електронна номер адрес ' +
    'контактныи контактнии ' +
    'buyer buyers prospect applicant consumer sender absender remitente nadawcy comprador kupujacego nabywcy kaufer kaufers',
  MORE_POINT_WORDS.plain
)
for (const word of LABEL_WORDS) PLAIN.add(word)

const EITHER = 4

/** The main phone before a mobile one, that before one at home, at work and any other. */
const RANKS: readonly [ReadonlySet<string>, number][] = [
  [OTHER, 5],
  [WORK, 3],
  [HOME, 2],
  [MOBILE, 1]
]

/** What a column named so holds; null: no e-mail or phone, or something about one, such as its type. */
export function contactColumn(name: string): ContactColumn | null {
  const { words, ordinal } = wordsOf(withPhoneSign(name))
  // Alone it is the town of the post office more often than `poczta elektroniczna`.
  if (/^(?:poczta|posta)$/.test(words.join(' '))) return null
  const isEmail = words.some((word) => EMAIL.has(word))
  const isPhone = words.some((word) => PHONE.has(word) || MOBILE.has(word))
  const isKnown = (word: string) =>
    (isEmail && isPart(word, EMAIL)) || (isPhone && (word === 'formatted' || isPart(word, PHONE)))
  if (!(isEmail || isPhone) || !words.every(isKnown)) return null
  // `Phone or e-mail`: the value says which.
  if (isEmail && isPhone) return { kind: 'phone', rank: EITHER, type: null }
  const has = (kind: ReadonlySet<string>) => words.some((word) => kind.has(word))
  const [, rank] = RANKS.find(([kind]) => has(kind)) ?? [null, 0]
  const hasMore = words.length > 1 ? 0.5 : 0
  const [, type = null] = isEmail ? [] : (TYPES.find(([kind]) => has(kind)) ?? [])
  return { kind: isEmail ? 'email' : 'phone', rank: rank + hasMore + (ordinal - 1) * 10, type }
}

/** `Home #` and `Work #` are phones; an `Id #` is none. */
function withPhoneSign(name: string): string {
  const [, place] = /^\s*(\p{L}{2,20})\s?#\s*$/u.exec(name.slice(0, 60)) ?? []
  // `Contact No.` beside `Landline` is the main number.
  if (/^contact ?(?:no|nr|num|number)$/.test(fold(name.slice(0, 60)))) return 'phone'
  const isPlace = place !== undefined && PLACES.some((words) => words.has(fold(place)))
  return isPlace ? `${place} phone` : name
}

const TYPES: readonly [ReadonlySet<string>, PhoneType][] = [
  [MOBILE, 'mobile'],
  [WORK, 'work'],
  [HOME, 'home']
]

/** A code that stands in a column or field of its own, and belongs to a phone. */
export interface CodeColumn {
  kind: 'country' | 'area' | 'extension'
  /** Whether the name says so: `Phone country`. A `Country code` may be that of the address. */
  isOfPhone: boolean
}

export function codeColumn(name: string): CodeColumn | null {
  const { rest: all, isOfPhone } = wordsBesidePhone(name)
  // `Work country code`; what is left of `Mobile` alone is no code.
  const bare = all.filter((word) => !PLACES.some((words) => words.has(word)))
  const rest = bare.length > 0 ? bare : all
  // `phoneNumber[area]` is the area of a phone number.
  const called = (rest.length > 1 && rest[0] === 'number' ? rest.slice(1) : rest).join(' ')
  if (COUNTRY_CODES.has(called)) return { kind: 'country', isOfPhone }
  if (EXTENSIONS.has(called)) return { kind: 'extension', isOfPhone }
  if (AREA_CODES.has(called) && !(isOfPhone && called === 'prefix'))
    return { kind: 'area', isOfPhone }
  if (!isOfPhone) return null
  if (/^(?:prefix|country|cc|code|iso|country iso|iso code|pais|kraj|land)$/.test(called))
    return { kind: 'country', isOfPhone }
  return called === 'area' ? { kind: 'area', isOfPhone } : null
}

/** Whether a name is that of a phone without any other word, such as `phone[number]` beside its code. */
export function isBarePhone(name: string): boolean {
  const { rest, isOfPhone } = wordsBesidePhone(name)
  return isOfPhone && /^(?:number|numer|numero|national|local|)$/.test(rest.join(' '))
}

/** Whether a name has a word for a phone. */
export function isOfPhone(name: string): boolean {
  return wordsBesidePhone(name).isOfPhone
}

function wordsBesidePhone(name: string): { rest: string[]; isOfPhone: boolean } {
  const { words } = wordsOf(name)
  const rest = words.filter((word) => !isPhoneWord(word) && !AROUND_CODE.has(word))
  return { rest, isOfPhone: words.some(isPhoneWord) }
}

function isPhoneWord(word: string): boolean {
  return PHONE.has(word) || MOBILE.has(word)
}

/** A `Country code` may also be that of an address, and a `Prefix` a title: the values tell. */
const COUNTRY_CODES = new Set([...(COLUMN_NAMES['contact.phoneCountryCode'] ?? []), 'country code'])
const AREA_CODES = new Set([...(COLUMN_NAMES['contact.phoneAreaCode'] ?? []), 'prefix'])
const EXTENSIONS = new Set(COLUMN_NAMES['contact.phoneExtension'])
const PLACES = [HOME, WORK, OTHER]

/** Which of several phones a name says: at home, at work, the mobile one, another, the second. */
export function phoneOf(name: string): string {
  const { words, ordinal } = wordsOf(name)
  const kinds = [MOBILE, ...PLACES].map((kind) => words.some((word) => kind.has(word)))
  return `${kinds.map(Number).join('')} ${ordinal}`
}

const AROUND_CODE = set('q contact customer client lead person your user kontakt')

function isPart(word: string, kind: ReadonlySet<string>): boolean {
  return [kind, MOBILE, HOME, WORK, OTHER, PLAIN].some((words) => words.has(word))
}

/** A part of an address, and whose: at work, at home, or neither is said. */
export interface AddressColumn {
  member: string
  isWork: boolean
  isHome: boolean
}

/** The part of an address that a column names, and whether it is the address at work; or null. */
export function addressColumn(
  name: string,
  partOf: (name: string) => string | undefined
): AddressColumn | null {
  const { words, ordinal, isNumberLast } = wordsOf(name)
  const isWork = words.some((word) => WORK.has(word))
  const isHome = words.some((word) => HOME.has(word))
  const bare = words.filter((word) => ![HOME, WORK, PLAIN].some((set) => set.has(word)))
  const hasAddress = words.some((word) => /^(?:address|adres|adresse|direccion)$/.test(word))
  if (bare.length === words.length && ordinal === 1) return null
  // `Default Address Company` is the company.
  if (bare.length === 0)
    return hasAddress && !/^(?:company|firma|empresa)$/.test(words.at(-1) ?? '') && ordinal === 1
      ? { member: 'street', isWork, isHome }
      : null
  const member = partOf(bare.join(' '))
  // Of numbered addresses the first is taken; of a street each line: its number is at the end.
  const isLine = member === 'street' && (isNumberLast || !hasAddress)
  return member === undefined || (ordinal > 1 && !isLine) ? null : { member, isWork, isHome }
}

/** The words of a name without its number; names such as `MailingStreet` are words too. */
function wordsOf(name: string): { words: string[]; ordinal: number; isNumberLast: boolean } {
  const spaced = name
    .replace(/iphone/i, 'mobile')
    .replace(/whatsapp/i, 'whatsapp')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .replace(/(?<=\p{L})(?=\d)/gu, ' ')
  const all = fold(spaced)
    .replace(/\be (?=(?:mail|post)(?:s|adress|adresse)?\b)/g, 'e')
    .split(' ')
  const words = all.filter((word) => !/^\d$/.test(word)).flatMap(unglued)
  const ordinal = Number(all.find((word) => /^[1-9]$/.test(word)) ?? 1)
  return { words, ordinal, isNumberLast: /^\d$/.test(all.at(-1) ?? '') }
}

/** Words that are written as one, with one for an e-mail or phone at the end: `alternatephone`. */
function unglued(word: string): string[] {
  if (ALL.some((words) => words.has(word))) return [word]
  const [, before = '', last = ''] = GLUED.exec(word) ?? []
  const isKnown = ALL.some((words) => words.has(before))
  if (isKnown) return [before, last]
  const [, first = '', behind = ''] = GLUED_FIRST.exec(word) ?? []
  return PLAIN.has(behind) ? [first, behind] : [word]
}

const ALL = [EMAIL, PHONE, MOBILE, HOME, WORK, OTHER, PLAIN]
const GLUED = /^(\p{L}{2,12}?)(e?mail|phone|telephone|mobile|cell|telefon|telefono)$/u
const GLUED_FIRST = /^(e?mail|phone|telephone|mobile|cell|telefon)(\p{L}{2,12})$/u
