import type { Locale } from '../domain/dealers/dealer.ts'
import type { Reason } from '../domain/reasons/reasons.ts'
import { english } from './reasons-en.ts'
import { spanish } from './reasons-es.ts'
import { polish } from './reasons-pl.ts'
import type { ReasonWording } from './reason-wording.ts'

export const REASON_WORDINGS: Readonly<Record<Locale, ReasonWording>> = {
  en: english,
  es: spanish,
  pl: polish
}

const PLACEHOLDER = /\{(\w+)\}/g

/** The reason as a sentence for people. */
export function sentenceOf({ code, facts }: Reason, locale: Locale): string {
  return REASON_WORDINGS[locale][code].replace(PLACEHOLDER, (_, name: string) =>
    wordOf(facts[name], locale)
  )
}

/** The message about a field in a problem: English, without a full stop. */
export function fieldMessageOf(reason: Reason): string {
  const sentence = sentenceOf(reason, 'en')
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')
}

/** Years and the like have no separator: thousands are grouped from five digits on. */
function numberFormat(locale: Locale): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { useGrouping: 'min2' })
}

function wordOf(fact: unknown, locale: Locale): string {
  if (typeof fact === 'number') return numberFormat(locale).format(fact)
  return Array.isArray(fact) ? fact.join(', ') : String(fact)
}
