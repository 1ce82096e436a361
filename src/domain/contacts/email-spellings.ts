import { plainText } from '../text/clean-text.ts'

/**
 * The text of an e-mail field in one spelling: signs that are escaped or written as words, and slips with one
 * meaning only, as `jan@example,com`. A number that touches an address is set apart from it.
 */
export function inOneSpelling(text: string): string {
  const unescaped = text
    .replace(/&(?:amp;)?(?:#0{0,4}64|#x0{0,4}40|commat);/gi, '@')
    .replace(/&(?:amp;)?(?:#0{0,4}46|#x0{0,4}2e|period);/gi, '.')
    .replace(/%40/g, '@')
    .replace(/%20/g, ' ')
    .replace(/%7c/gi, '|')
    // A line break that a program escaped and never read again.
    .replace(/\\[nrt]/g, '\n')
    // Programs escape a sign that needs none; Markdown puts marks around an address.
    .replace(/\\(?=@)|(?<![^\s,;])\\(?=[^\s@]{1,64}@)|"(?=@)/g, '')
    .replace(/(?<![^\s,;])_(\S{1,200})_(?![^\s,;])/g, '$1')
    .replace(SECOND_ADDRESS, '$1 ; ')
    .replace(/&(?:lt|gt);/gi, ' ')
    .replace(/&amp;/gi, '&')
    .replace(/&(?:quot|apos|#39|#34);/gi, ' ')
    .replace(LINK_QUERY, '$1')
  const plain = plainText(unescaped).replace(AT_WORD, '@')
  const spoken = SPOKEN.exec(plain)
  const signed = spoken ? `${spoken[1] ?? ''}@${(spoken[2] ?? '').replace(/ dot /gi, '.')}` : plain
  if (!signed.includes('@')) return signed
  return withNumbersApart(withWholeDomains(signed.replace(DOT_WORD, '.').replaceAll('。', '.')))
}

/** What a link adds to its address: `jan@example.pl?subject=Hi`. */
const LINK_QUERY = /(@[\p{L}\p{N}.-]{1,253})\?(?:subject|body|cc|bcc|su|to)=[^,;<>"'\n]*/giu

/** A mark behind a whole address, and another address. */
const SECOND_ADDRESS =
  /(@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,5}\.\p{L}{2,24})[&+\\](?=[^\s@,;]{1,64}@)/gu

/** Words for the sign in brackets, as people write them against spam: `[at]`, `(arroba)`. */
const AT_WORD = / ?[([{<] ?(?:at|@|a|ät|arroba|małpa|malpa) ?[)\]}>] ?/giu

/** The same within a sentence, where a letter in brackets is the place in a list. */
export const BRACKETED_AT =
  /(?<=[\p{L}\p{N}]) ?[([{] ?(?:at|@|ät|arroba|małpa|malpa) ?[)\]}] ?(?=[\p{L}\p{N}])/giu
export const BRACKETED_DOT =
  /(?<=[\p{L}\p{N}]) ?[([{] ?(?:dot|punkt|punto|kropka) ?[)\]}] ?(?=[\p{L}\p{N}])/giu
const DOT_WORD = / ?[([{<] ?(?:dot|\.|punkt|punto|kropka) ?[)\]}>] ?/giu
const SPOKEN = /^(\S{1,64}) at ([^\s@]{1,63}(?: dot [^\s@]{1,63}){1,4})$/i

function withWholeDomains(text: string): string {
  return text
    .replace(/@{2,5}/g, '@')
    .replace(/ ?@ ?/g, '@')
    .replace(DOTS_BEFORE, '$1$2')
    .replace(/@[\p{L}\p{N}.-]{1,253}/gu, (domain) =>
      domain.replace(/\.{2,5}/g, '.').replace('@.', '@')
    )
    .replace(SLIP, (given, domain: string, ending: string, at: number, whole: string) => {
      const last = domain.split('.').at(-1) ?? ''
      if (last === domain && isEnding(domain, ending, whole.slice(at + given.length))) {
        return `@${domain}.${ending}`
      }
      // Behind a whole domain the comma separates, or a longer domain is meant: no reading is sure.
      // `com.pl` is an ending of its own country: the comma is its dot.
      if (SECOND_LEVELS.test(`${last}.${ending}`)) return `@${domain}.${ending}`
      const isWhole = isDomainEnding(last) || NEW_ENDINGS.has(last.toLowerCase())
      return isWhole || !isDomainEnding(ending) ? given : `@${domain}.${ending}`
    })
    .replace(
      /@([a-z\d-]{4,20})(?: (com|pl|de|es|net|eu))?(?![\p{L}\p{N}.-])/giu,
      (given, ...groups) => {
        const [name = '', ending = ''] = groups as (string | undefined)[]
        const known = PROVIDERS.get(`${name}${ending}`.toLowerCase())
        return known === undefined ? given : `@${known}`
      }
    )
}

/** A comma without a blank, or a dot with one, before the end of a domain. */
const SLIP =
  /@([\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,5})(?:[,;]| \. ?|\. )(\p{L}{2,24})(?![\p{L}\p{N}@.-])/giu

/** Dots at the end of a mailbox, which has none there, and several as one. */
const DOTS_BEFORE = /\.{1,5}(@)|(\.)\.{1,4}(?=[^\s@,;.]{1,64}@)/g

/**
 * Whether a word behind a domain without a dot is its ending: `jan@poczta,example`. The domain is none without it,
 * and the word is the last of the value and written as the domain is: `jan@poczta. Proszę` goes on.
 */
function isEnding(domain: string, word: string, behind: string): boolean {
  const isOne = (form: (text: string) => string) => form(domain) === domain && form(word) === word
  const isAlike = isOne((text) => text.toLowerCase()) || isOne((text) => text.toUpperCase())
  return isAlike && /^ ?(?:$|[\n,;|<>/)+\d])/.test(behind)
}

const SECOND_LEVELS =
  /^(?:com|net|org|edu|info|biz)\.pl$|^(?:com|org|nom)\.es$|^(?:co|org|ac)\.uk$|^com\.(?:mx|ar|pe|br|tr|ua|ro|pt|au)$/i

/** Endings of domains that are usual where our dealers are: another word may be a name, or the next one. */
const ENDINGS = new Set(
  'com net org edu gov info biz pl es de eu uk us ca mx ar cl pe co at ch cz sk fr it pt nl be ie se no dk fi ua ro hu lt lv'.split(
    ' '
  )
)

/** Newer endings: a word behind them is another one. */
const NEW_ENDINGS = new Set(
  'online tech auto app dev shop store site cloud me io co tv cars'.split(' ')
)

/** Domains in which anyone can have an address. */
export function mailProviders(): string[] {
  return [...PROVIDERS.values()]
}

/** Providers of mail whose domain is clear without its dot. */
const PROVIDERS = new Map(
  (
    'gmail.com googlemail.com hotmail.com hotmail.es outlook.com outlook.es yahoo.com yahoo.es icloud.com ' +
    'live.com msn.com aol.com protonmail.com proton.me gmx.de gmx.net web.de t-online.de freenet.de wp.pl ' +
    'onet.pl onet.eu op.pl o2.pl vp.pl interia.pl interia.eu gazeta.pl tlen.pl telefonica.net'
  )
    .split(' ')
    .map((domain) => [domain.replaceAll('.', ''), domain])
)

/** `jan@example.pl/601234567`, `601 234 567/jan@example.pl` and `jan@example.pl601234567` with `;` between. */
function withNumbersApart(text: string): string {
  return text
    .replace(/(\d[\d ().-]{4,24}\d)[/\\]\s?(?=[^\s@/]{1,64}@)/g, '$1 ; ')
    .replace(/(@[\p{L}\p{N}.-]{1,253})[/\\]\s?(?=[+(]{0,2}\d)/gu, '$1 ; ')
    .replace(/(@[\p{L}\p{N}.-]{1,253}?\.\p{L}{2,24})[-_:*=+]{0,3}(?=\d[\d .()-]{5,24}$)/gu, '$1 ; ')
}

export function isDomainEnding(word: string): boolean {
  return ENDINGS.has(word.toLowerCase())
}
