import { decodeAll } from './decoders.ts'
import { FAMILIES, plausibility } from './plausibility.ts'
import type { Origin } from './plausibility.ts'

/** A text as an encoding has it. Higher is better; below 0 is implausible. */
export interface RankedText {
  encoding: string
  text: string
  score: number
}

/** The different texts that bytes are in encodings of single bytes, the most plausible at the dealer first. */
export function rankSingleByte(sample: Uint8Array, origin: Origin): RankedText[] {
  const isCentral = COUNTRIES_OF_CENTRAL.has(origin.country) || origin.locale === 'pl'
  const families = isCentral ? FAMILIES : FAMILIES.toReversed()
  const found = families.flatMap(({ encodings, languages }) =>
    Object.entries(encodings).map(([encoding, unlikely]) => {
      const text = decodeAll(sample, encoding)
      const score = plausibility(text, languages, origin) - unlikely
      return { encoding, text, score }
    })
  )
  const ranked = found.toSorted((one, other) => other.score - one.score)
  return ranked.filter(({ text }, at) => ranked.findIndex((one) => one.text === text) === at)
}

/** How plausible a text is as one of any language. */
export function plausibilityInAny(text: string, origin: Origin): number {
  return Math.max(...FAMILIES.map(({ languages }) => plausibility(text, languages, origin)))
}

const COUNTRIES_OF_CENTRAL = new Set(['PL', 'CZ', 'SK', 'HU', 'SI', 'HR', 'RO', 'BA', 'RS'])
const COUNTRIES_OF_CYRILLIC = new Set(['RU', 'UA', 'BY', 'BG', 'KZ', 'MK'])

/** The encoding of Windows at a dealer. */
export function windowsPageOf({ locale, country }: Origin): string {
  if (COUNTRIES_OF_CENTRAL.has(country) || locale === 'pl') return 'windows-1250'
  if (COUNTRIES_OF_CYRILLIC.has(country)) return 'windows-1251'
  return PAGES[country] ?? 'windows-1252'
}

const PAGES: Partial<Record<string, string>> = {
  GR: 'windows-1253',
  CY: 'windows-1253',
  TR: 'windows-1254',
  IL: 'windows-1255',
  LT: 'windows-1257',
  LV: 'windows-1257',
  EE: 'windows-1257',
  VN: 'windows-1258'
}
