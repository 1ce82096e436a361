import { isDomainEnding, isMailProvider } from './mail-domains.ts'

/** Words for the sign in brackets, as people write them against spam: `[at]`, `(arroba)`. */
const AT_WORD = / ?[([{<] ?(?:at|@|a|ät|arroba|małpa|malpa) ?[)\]}>] ?/giu
const DOT_WORD = / ?[([{<] ?(?:dot|\.|punkt|punto|kropka) ?[)\]}>] ?/giu

/** The same within a sentence, where a letter in brackets is the place in a list. */
const BRACKETED_AT =
  /(?<=[\p{L}\p{N}]) ?[([{] ?(?:at|@|ät|arroba|małpa|malpa) ?[)\]}] ?(?=[\p{L}\p{N}])/giu
const BRACKETED_DOT =
  /(?<=[\p{L}\p{N}]) ?[([{] ?(?:dot|punkt|punto|kropka) ?[)\]}] ?(?=[\p{L}\p{N}])/giu

/** The value of a field with the signs of its address in place of the words for them: `jan at gmail dot com`. */
export function withSignsInField(text: string): string {
  const signed = withSpokenSigns(text.replace(AT_WORD, '@'), true)
  return signed.includes('@') ? signed.replace(DOT_WORD, '.') : signed
}

/** A text of any kind with the signs of its addresses, where the words for them are no part of a sentence. */
export function withSignsInProse(text: string): string {
  return withSpokenSigns(text.replace(BRACKETED_AT, '@').replace(BRACKETED_DOT, '.'), false)
}

const DOT = '(?:dot|punkt|punto|kropka)'
const LOCAL = String.raw`[\p{L}\p{N}_+-]{1,40}(?:(?:\.| ${DOT} )[\p{L}\p{N}_+-]{1,40}){0,3}`
const DOMAIN = String.raw`[\p{L}\p{N}-]{1,40}(?:(?:\.| \. | ${DOT} )[\p{L}\p{N}-]{1,40}){1,4}`
const SPOKEN = new RegExp(
  String.raw`(?<![\p{L}\p{N}._%+'’@-])(${LOCAL}) (at|@|ät|arroba|małpa|malpa|klammeraffe) (${DOMAIN})(?![\p{L}\p{N}@-])`,
  'giu'
)
const SPOKEN_DOT = new RegExp(String.raw` ${DOT} `, 'giu')
const DOTS_BEHIND_SIGN = new RegExp(
  String.raw`@[\p{L}\p{N}.-]{1,63}(?: ${DOT} [\p{L}\p{N}-]{1,24}){1,3}(?![\p{L}\p{N}@-])`,
  'giu'
)

/** What the words around a sign say about it. */
interface Spoken {
  local: string
  sign: string
  /** As given, and with its dots. */
  given: string
  domain: string
  before: string
  isWhole: boolean
}

function withSpokenSigns(text: string, isField: boolean): string {
  if (!/ (?:at|@|ät|arroba|małpa|malpa|klammeraffe) |@/iu.test(text)) return text
  return text
    .replace(SPOKEN, (words: string, ...groups: unknown[]) => {
      const [local, sign, given, at] = groups as [string, string, string, number]
      const before = text.slice(Math.max(0, at - MAX_BEFORE), at)
      const behind = text.slice(at + words.length, at + words.length + 2)
      const isAlone = at < MAX_BEFORE && /^(?:[\p{L}-]{1,10}[:.]? )?$/u.test(before)
      const isWhole = isField && isAlone && /^[.,;]?$/.test(behind)
      const domain = given.replace(SPOKEN_DOT, '.').replaceAll(' ', '')
      return isAddress({ local, sign, given, domain, before, isWhole })
        ? `${local.replace(SPOKEN_DOT, '.')}@${domain}`
        : words
    })
    .replace(DOTS_BEHIND_SIGN, (address) => address.replace(SPOKEN_DOT, '.'))
}

const MAX_BEFORE = 40

/**
 * Whether words are an address. `at` is a word of sentences as well (`I am at gmail dot com`): in one, the domain
 * must be a provider's, and the word before it a mailbox.
 */
function isAddress({ local, sign, given, domain, before, isWhole }: Spoken): boolean {
  if (!isWhole && NO_MAILBOX.has(local.toLowerCase())) return false
  const isSpelled = given.search(SPOKEN_DOT) !== -1
  const isSure = !/^(?:at|@)$/i.test(sign)
  if (isSure) return isSpelled || isWhole || isDomainEnding(domain.split('.').at(-1) ?? '')
  if (isWhole && (isSpelled || sign === '@')) return true
  if (!isMailProvider(domain)) return false
  const isShouted = sign === 'AT' && local !== local.toUpperCase()
  const isNamed = before === '' || /[:\n] ?$/.test(before) || MAIL_WORD.test(before)
  return isWhole || isShouted || isNamed || sign === '@' || /[\d._+-]/.test(local)
}

const MAIL_WORD =
  /(?<!\p{L})(?:e-?mails?|mailto|correo|poczta|adres|address|adresse|is|to|es|ist) $/iu

/** Words of sentences that stand before `at`. */
const NO_MAILBOX: ReadonlySet<string> = new Set(
  (
    'i me us it is am are be was were im him her you them we he she they who there here contact mail email reach find ' +
    'look write see work works working office available account meet based located only not and or call looking'
  ).split(' ')
)
