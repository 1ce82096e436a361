import { isDomainEnding, isMailProvider } from './mail-domains.ts'

/** Words for the sign in brackets, as people write them against spam: `[at]`, `(arroba)`. */
const AT_WORD = / ?[([{<] ?(?:at|@|a|ät|arroba|małpa|malpa) ?[)\]}>] ?/giu
const DOT_WORD = / ?[([{<] ?(?:dot|\.|punkt|punto|kropka) ?[)\]}>] ?/giu

/** The same within a sentence, where a letter in brackets is the place in a list. */
const BRACKETED_AT =
  /(?<=[\p{L}\p{N}]) ?[([{] ?(?:at|@|ät|arroba|małpa|malpa) ?[)\]}] ?(?=[\p{L}\p{N}])/giu
const BRACKETED_DOT =
  /(?<=[\p{L}\p{N}]) ?[([{] ?(?:dot|\.|punkt|punto|kropka) ?[)\]}] ?(?=[\p{L}\p{N}])/giu

const DOT = '(?:dot|punkt|punto|kropka)'
const UNDERSCORE =
  '(?:underscore|gui[oó]n bajo|podkreślnik|podkreslnik|podkreślenie|podkreslenie|unterstrich)'
const DASH = '(?:dash|hyphen|minus|gui[oó]n(?: medio)?|myślnik|myslnik|bindestrich)'
const BRACKETED_SIGN = new RegExp(
  String.raw`(?<=[\p{L}\p{N}]) ?[([{] ?(?:(_|${UNDERSCORE})|(-|${DASH})|\+|plus) ?[)\]}] ?(?=[\p{L}\p{N}])`,
  'giu'
)

/** The value of a field with the signs of its address in place of the words for them: `jan at gmail dot com`. */
export function withSignsInField(text: string): string {
  const signed = withSpokenSigns(bracketedSigns(text).replace(AT_WORD, '@'), true)
  return signed.includes('@') ? signed.replace(DOT_WORD, '.') : signed
}

/** A text of any kind with the signs of its addresses, where the words for them are no part of a sentence. */
export function withSignsInProse(text: string): string {
  const bracketed = bracketedSigns(text).replace(BRACKETED_AT, '@').replace(BRACKETED_DOT, '.')
  return withSpokenSigns(bracketed, false)
}

function bracketedSigns(text: string): string {
  return text.replace(BRACKETED_SIGN, (_, underscore?: string, dash?: string) => {
    if (underscore !== undefined) return '_'
    return dash === undefined ? '+' : '-'
  })
}

const AT = 'at|@|ät|arroba|małpk?a|malpk?a|klammeraffe'
const PART = String.raw`[\p{L}\p{N}_+-]{1,40}`
const LOCAL = `${PART}(?:(?:\\.| (?:${DOT}|${UNDERSCORE}|${DASH}|plus) )${PART}){0,4}`
const LABEL = String.raw`[\p{L}\p{N}-]{1,40}(?: ${DASH} [\p{L}\p{N}-]{1,40}){0,2}`
const DOMAIN = String.raw`${LABEL}(?:(?:\.| \. | ${DOT} )${LABEL}){1,4}`
const START = String.raw`(?<![\p{L}\p{N}._%+'’@-])`
const SPOKEN = new RegExp(
  String.raw`${START}(${LOCAL}) (${AT}) (${DOMAIN})(?![\p{L}\p{N}@-])`,
  'giu'
)
/** Most texts have none. */
const ANY_SIGN = new RegExp(` (?:${AT}) |@`, 'iu')
const SPOKEN_DOT = new RegExp(` ${DOT} `, 'giu')
const SPOKEN_UNDERSCORE = new RegExp(` ${UNDERSCORE} `, 'giu')
const SPOKEN_DASH = new RegExp(` ${DASH} `, 'giu')
const DOTS_BEHIND_SIGN = new RegExp(
  String.raw`@[\p{L}\p{N}.-]{1,63}(?: ${DOT} [\p{L}\p{N}-]{1,24}){1,3}(?![\p{L}\p{N}@-])`,
  'giu'
)
const WORDS_BEFORE_SIGN = new RegExp(`${START}${LOCAL}(?=@)`, 'giu')

/** What the words around a sign say about it. */
interface Spoken {
  local: string
  sign: string
  /** As given, and with its signs. */
  given: string
  domain: string
  before: string
  isWhole: boolean
}

function withSpokenSigns(text: string, isField: boolean): string {
  if (!ANY_SIGN.test(text)) return text
  return withAddresses(text, isField)
    .replace(DOTS_BEHIND_SIGN, (address) => address.replace(SPOKEN_DOT, '.'))
    .replace(WORDS_BEFORE_SIGN, (local: string, at: number) => {
      const isAlone = isField && at === 0
      return isAlone || local.search(SPOKEN_UNDERSCORE) !== -1 ? signsOf(local) : local
    })
}

/** Words that are no address may begin with a word that is none of the next one: `me at ann dot lee at …`. */
function withAddresses(text: string, isField: boolean): string {
  let read = ''
  let end = 0
  SPOKEN.lastIndex = 0
  for (let found = SPOKEN.exec(text); found !== null; found = SPOKEN.exec(text)) {
    const [words, local = '', sign = '', given = ''] = found
    const at = found.index
    const before = text.slice(Math.max(0, at - MAX_BEFORE), at)
    const behind = text.slice(at + words.length, at + words.length + 2)
    const isAlone = at < MAX_BEFORE && /^(?:[\p{L}-]{1,10}[:.]? )?$/u.test(before)
    const isWhole = isField && isAlone && /^[.,;]?$/.test(behind)
    const domain = signsOf(given).replaceAll(' ', '')
    if (isAddress({ local, sign, given, domain, before, isWhole })) {
      read += `${text.slice(end, at)}${signsOf(local)}@${domain}`
      end = at + words.length
    } else SPOKEN.lastIndex = at + local.length
  }
  return read + text.slice(end)
}

function signsOf(words: string): string {
  return words
    .replace(SPOKEN_UNDERSCORE, '_')
    .replace(SPOKEN_DASH, '-')
    .replace(/ plus /gi, '+')
    .replace(SPOKEN_DOT, '.')
}

const MAX_BEFORE = 40

/**
 * Whether words are an address. `at` is a word of sentences as well (`I am at gmail dot com`): in one, the domain
 * must be a provider's, and the word before it a mailbox, unless the mailbox is spelled too (`ann dot lee at …`).
 */
function isAddress({ local, sign, given, domain, before, isWhole }: Spoken): boolean {
  const [first = '', ...others] = local.toLowerCase().split(' ')
  const isOfSentence = others.length === 0 ? NO_MAILBOX.has(first) : ARTICLES.has(first)
  if (!isWhole && isOfSentence) return false
  const isSpelled = given.search(SPOKEN_DOT) !== -1
  const isUsual = isDomainEnding(domain.split('.').at(-1) ?? '')
  const isSure = !/^(?:at|@)$/i.test(sign)
  if (isSure) return isSpelled || isWhole || isUsual
  if (isWhole && (isSpelled || sign === '@')) return true
  const isUnderscored = local.search(SPOKEN_UNDERSCORE) !== -1
  const isShouted = sign === 'AT' && local !== local.toUpperCase()
  const isNamed = before === '' || /[:\n] ?$/.test(before) || MAIL_WORD.test(before)
  const isMailbox = /[\d._+-]/.test(local) || isSpelledMailbox(local)
  if (isMailProvider(domain)) {
    return isWhole || isUnderscored || isShouted || isNamed || sign === '@' || isMailbox
  }
  const isClear = isSpelledMailbox(local) ? isShouted || isNamed : MAIL_LABEL.test(before)
  return isUsual && (isUnderscored || (isSpelled && isClear))
}

/** `ann dot lee`, `ann.lee`, and no domain: `otomoto dot pl at gmail dot com` is of a sentence. */
function isSpelledMailbox(local: string): boolean {
  const isDotted = local.search(SPOKEN_DOT) !== -1 || /^\p{L}{2,}[._]\p{L}{2,}$/u.test(local)
  return isDotted && !isDomainEnding(signsOf(local).split('.').at(-1) ?? '')
}

const MAIL_WORD =
  /(?<!\p{L})(?:e-?mails?|mailto|correo|poczta|adres|address|adresse|is|to|es|ist|(?:me|us|reached|contacted) at) $/iu
const MAIL_LABEL = /(?<!\p{L})(?:e-?mails?|correo|poczta|adres|address|adresse): $/iu

/** Words before the noun of a sentence: `the dash cam at …`. */
const ARTICLES: ReadonlySet<string> = new Set(
  'the a an my our your his her their this that el la un una mi ten ta to der die das ein eine'.split(
    ' '
  )
)

/** Words of sentences that stand before `at`. */
const NO_MAILBOX: ReadonlySet<string> = new Set(
  (
    'i me us it is am are be was were im him her you them we he she they who there here contact mail email reach find ' +
    'look write see work works working office available account meet based located only not and or call looking'
  ).split(' ')
)
