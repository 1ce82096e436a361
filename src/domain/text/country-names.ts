import { fold } from './fold.ts'

/** Three-letter codes and everyday names that no list of region names holds. */
const ALIASES: Record<string, string> = {
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  can: 'CA',
  mex: 'MX',
  uk: 'GB',
  gbr: 'GB',
  'great britain': 'GB',
  england: 'GB',
  pol: 'PL',
  esp: 'ES',
  deu: 'DE',
  fra: 'FR'
}

const NAME_LANGUAGES = ['en', 'es', 'pl', 'fr', 'de']

let codesByName: Map<string, string> | null = null

/** The ISO 3166-1 alpha-2 code of a code or name, or the text as given when it is neither. */
export function toCountryCode(text: string): string {
  const wanted = text.trim().toLowerCase()
  const alias = Object.hasOwn(ALIASES, wanted) ? ALIASES[wanted] : undefined
  if (alias) return alias
  if (/^[a-z]{2}$/.test(wanted)) return wanted.toUpperCase()
  codesByName ??= readCountryNames()
  return codesByName.get(fold(text)) ?? text
}

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
