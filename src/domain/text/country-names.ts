import { fold } from './fold.ts'

/** Three-letter codes and everyday names that no list of region names holds. */
const ALIASES: Record<string, string> = {
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  'ee.uu.': 'US',
  'ee.uu': 'US',
  eeuu: 'US',
  'ee. uu.': 'US',
  'ee uu': 'US',
  eua: 'US',
  'e.u.a.': 'US',
  can: 'CA',
  mex: 'MX',
  uk: 'GB',
  gbr: 'GB',
  'great britain': 'GB',
  england: 'GB',
  pol: 'PL',
  esp: 'ES',
  deu: 'DE',
  ger: 'DE',
  fra: 'FR',
  ita: 'IT',
  prt: 'PT',
  nld: 'NL',
  bel: 'BE',
  aut: 'AT',
  che: 'CH',
  cze: 'CZ',
  svk: 'SK',
  ukr: 'UA',
  ltu: 'LT',
  // The signs of vehicles.
  d: 'DE',
  e: 'ES',
  f: 'FR',
  i: 'IT',
  a: 'AT',
  b: 'BE',
  p: 'PT',
  s: 'SE',
  n: 'NO',
  l: 'LU',
  h: 'HU',
  'czech republic': 'CZ',
  'republika czeska': 'CZ',
  'republica checa': 'CZ',
  'tschechische republik': 'CZ',
  'rzeczpospolita polska': 'PL',
  brd: 'DE',
  'bundesrepublik deutschland': 'DE',
  'federal republic of germany': 'DE',
  'republic of ireland': 'IE',
  'republica de irlanda': 'IE',
  eire: 'IE',
  'reino de espana': 'ES',
  ...Object.fromEntries(
    (
      'scotland szkocja escocia schottland wales walia gales anglia inglaterra northern_ireland ' +
      'irlandia_polnocna irlanda_del_norte nordirland'
    )
      .split(' ')
      .map((name) => [name.replaceAll('_', ' '), 'GB'])
  ),
  holland: 'NL',
  holandia: 'NL',
  holanda: 'NL'
}

const NAME_LANGUAGES = [
  'en',
  'es',
  'pl',
  'fr',
  'de',
  'it',
  'pt',
  'nl',
  'cs',
  'uk',
  'lt',
  'hu',
  'ro',
  'tr',
  'ru',
  'sk'
]

let codesByName: Map<string, string> | null = null

/**
 * The ISO 3166-1 alpha-2 code of a code, a name, or both (`PL - Polska`, `Poland (PL)`); null: the text is none.
 */
export function readCountry(text: string): string | null {
  const whole = codeOf(text)
  if (whole !== null || text.length > MAX_LENGTH) return whole
  const parts = text.split(/[()[\]/,;:|]| [-\u2013\u2014] /).filter((part) => part.trim() !== '')
  const codes = parts.length === 2 ? parts.map(codeOf) : []
  const [first = null, second = null] = codes
  return first === second ? first : null
}

const MAX_LENGTH = 100

function codeOf(text: string): string | null {
  const wanted = text.trim().toLowerCase()
  const alias = [wanted, fold(wanted)].find((name) => Object.hasOwn(ALIASES, name))
  if (alias !== undefined) return ALIASES[alias] ?? null
  if (/^[a-z]{2}$/.test(wanted)) return wanted.toUpperCase()
  if (/^\p{RI}{2}$/u.test(wanted)) return lettersOfFlag(wanted)
  codesByName ??= readCountryNames()
  const name = fold(text)
  return codesByName.get(name) ?? codesByName.get(name.replace(OFFICIAL, '')) ?? null
}

/** How states call themselves, and English its articles: `The Netherlands`, `Republic of Poland`. */
const OFFICIAL = /^(?:the )?(?:(?:kingdom|republic|rep) of )?(?:the )?/

/** A flag is two letters of its own alphabet. */
export function lettersOfFlag(text: string): string {
  return Array.from(text, (sign) =>
    String.fromCodePoint((sign.codePointAt(0) ?? 0) - FIRST_SIGN + 65)
  ).join('')
}

const FIRST_SIGN = 0x1f1e6

/**
 * Names come from the runtime's own tables: every pair of letters that has one is a region. Former codes of
 * a country, such as DD, have its name too.
 */
function readCountryNames(): Map<string, string> {
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  const codes = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`)
  const names = new Map<string, string>()
  for (const language of NAME_LANGUAGES) {
    const regions = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const code of codes) {
      const name = fold(regions.of(code) ?? '')
      if (name !== '' && !names.has(name)) names.set(name, code)
    }
  }
  return names
}
