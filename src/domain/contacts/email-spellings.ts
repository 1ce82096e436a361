import { plainText } from '../text/clean-text.ts'
import { withoutReferences } from '../text/html-references.ts'
import { withChatNumbers } from './chat-links.ts'
import { isDomainEnding, providerNamed } from './mail-domains.ts'
import { withoutMarkdown } from './markdown-marks.ts'
import { withSignsInField } from './spoken-addresses.ts'

/**
 * The text of an e-mail field in one spelling: signs that are escaped or written as words, and slips with one
 * meaning only, as `jan@example,com`. A number that touches an address is set apart from it.
 */
export function inOneSpelling(text: string): string {
  const unescaped = withoutMarkdown(withoutReferences(text))
    .replace(/%40/g, '@')
    .replace(/%20/g, ' ')
    .replace(/%7c/gi, '|')
    // A line break that a program escaped and never read again.
    .replace(/\\[nrt]/g, '\n')
    .replace(/(?<![^\s,;])\\(?=[^\s@]{1,64}@)|"(?=@)/g, '')
    .replace(SECOND_ADDRESS, '$1 ; ')
    .replace(LINK_QUERY, '$1')
  const signed = withSignsInField(withChatNumbers(plainText(unescaped)))
  if (!signed.includes('@')) return signed
  return withNumbersApart(withWholeDomains(signed.replaceAll('。', '.')))
}

/** What a link adds to its address: `jan@example.pl?subject=Hi`. */
const LINK_QUERY = /(@[\p{L}\p{N}.-]{1,253})\?(?:subject|body|cc|bcc|su|to)=[^,;<>"'\n]*/giu

/** A mark behind a whole address, and another address. */
const SECOND_ADDRESS =
  /(@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,5}\.\p{L}{2,24})[&+\\](?=[^\s@,;]{1,64}@)/gu

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
        const known = providerNamed(`${name}${ending}`)
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

/** Newer endings: a word behind them is another one. */
const NEW_ENDINGS = new Set(
  'online tech auto app dev shop store site cloud me io co tv cars'.split(' ')
)

/** `jan@example.pl/601234567`, `601 234 567/jan@example.pl` and `jan@example.pl601234567` with `;` between. */
function withNumbersApart(text: string): string {
  return text
    .replace(/(\d[\d ().-]{4,24}\d)[/\\]\s?(?=[^\s@/]{1,64}@)/g, '$1 ; ')
    .replace(/(@[\p{L}\p{N}.-]{1,253})[/\\]\s?(?=[+(]{0,2}\d)/gu, '$1 ; ')
    .replace(/(@[\p{L}\p{N}.-]{1,253}?\.\p{L}{2,24})[-_:*=+]{0,3}(?=\d[\d .()-]{5,24}$)/gu, '$1 ; ')
}
