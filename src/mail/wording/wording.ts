import type { Locale } from '../../domain/dealers/dealer.ts'
import { kept } from '../../kept.ts'
import { english } from './wording-en.ts'
import { polish } from './wording-pl.ts'
import { spanish } from './wording-es.ts'
import type { Wording } from './wording-terms.ts'

const WORDINGS: Record<Locale, Wording> = { en: english, es: spanish, pl: polish }

export function wordingFor(locale: Locale): Wording {
  return WORDINGS[locale]
}

/** "1 vehicle", "5 pojazdów": the number with the form of the noun that it asks for. */
export function countVehicles(locale: Locale, count: number): string {
  const forms = WORDINGS[locale].vehicleCount
  const form = forms[pluralRules(locale).select(count)] ?? forms.other
  return form.replace('{count}', () => numbers(locale).format(count))
}

const pluralRules = kept((locale) => new Intl.PluralRules(locale))
const numbers = kept((locale) => new Intl.NumberFormat(locale))
