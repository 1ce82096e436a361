import type { Dealer } from '../../domain/dealers/dealer.ts'
import type { Money } from '../../domain/leads/values.ts'
import type { Odometer } from '../../domain/leads/vehicle.ts'
import { kept } from '../../kept.ts'

/** How values are written for one dealer: its language, its country's habits, its clock. */
export interface Formats {
  instant(at: Date): string
  /** An ISO 8601 day or time as a sender gave it; what can't be read is shown as given. */
  given(text: string): string
  number(value: number): string
  money(money: Money): string
  odometer(odometer: Odometer): string
  country(code: string): string
  language(tag: string): string
}

export function createFormats(locale: string, { country, timeZone }: Dealer): Formats {
  const tag = regionalTag(locale, country)
  const instant = (at: Date) => tidy(writers.instant(tag, timeZone).format(at))

  return {
    instant,
    given(text) {
      const at = new Date(text)
      if (Number.isNaN(at.getTime())) return text
      // A day has no time zone: read as UTC midnight, it must be written in UTC too.
      if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return tidy(writers.day(tag).format(at))
      // A time without an offset is not an instant: whose clock it was is unknown.
      return /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? instant(at) : text
    },
    number: (value) => tidy(writers.number(tag).format(value)),
    money: (money) => formatMoney(tag, money),
    odometer: ({ value, unit }) =>
      tidy(writers.unit(tag, unit === 'km' ? 'kilometer' : 'mile').format(value)),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? nameOf(writers.region(tag), code) : code),
    language: (given) => nameOf(writers.language(tag), given)
  }
}

const DAY = { year: 'numeric', month: 'long', day: 'numeric' } as const
const TIME = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const

/** To make a writer takes longer than to write a mail with it, and few are ever needed. */
const writers = {
  instant: kept((tag, timeZone) => new Intl.DateTimeFormat(tag, { ...DAY, ...TIME, timeZone })),
  day: kept((tag) => new Intl.DateTimeFormat(tag, { ...DAY, timeZone: 'UTC' })),
  number: kept((tag) => new Intl.NumberFormat(tag)),
  currency: kept((tag, currency) => new Intl.NumberFormat(tag, { style: 'currency', currency })),
  unit: kept((tag, unit) => new Intl.NumberFormat(tag, { style: 'unit', unit })),
  region: kept((tag) => new Intl.DisplayNames(tag, { type: 'region' })),
  language: kept((tag) => new Intl.DisplayNames(tag, { type: 'language' }))
}

/**
 * Spanish numbers differ between Mexico and Spain, so the country goes with the language.
 *
 * English in a country with another first language is written as British English: for `en-DE` and
 * `en-PL`, ICU writes "€79,900.00" next to "41.000 km", and a reader can't tell which of the two
 * marks thousands.
 */
function regionalTag(locale: string, country: string): string {
  if (!/^[A-Z]{2}$/.test(country) || locale.includes('-')) return locale
  const spoken = spokenIn('und', country)
  return locale === 'en' && spoken !== 'en' ? 'en-GB' : `${locale}-${country}`
}

/** The first language of a country. */
const spokenIn = kept((tag, country) => new Intl.Locale(`${tag}-${country}`).maximize().language)

/** The amount goes to Intl as decimal text: through a float, large amounts would change. */
function formatMoney(tag: string, { amount, currency }: Money): string {
  const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text)
  if (!isDecimal(amount) || !/^[A-Z]{3}$/.test(currency)) return `${amount} ${currency}`
  return tidy(writers.currency(tag, currency).format(amount))
}

/** `DisplayNames` throws on what is no code at all; such text is shown as given. */
function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}

/** Versions of ICU disagree on the narrow and the wide no-break space; readers don't see it. */
function tidy(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, '\u00a0')
}
