import { fold } from '../text/fold.ts'

/** A longer text is prose. */
const MAX_LENGTH = 120

/** ISO 3779: 17 letters and digits without I, O and Q. */
const VIN = /^[A-HJ-NPR-Z\d]{17}$/i

/** The VIN of a text with marks, blanks or a label: `VIN nr WVW…`, `(wvw-zzz-…)`. Null: it is none, or bare. */
export function bareVin(text: string): string | null {
  if (text.length > MAX_LENGTH || /^[A-Z\d]{0,17}$/i.test(text)) return null
  for (const value of [text, text.replace(/\([^()]{0,40}\)$/, '')]) {
    const words = value.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
    const start = words.findIndex((word) => !isLabel(word))
    const end = words.findLastIndex((word) => !isLabel(word)) + 1
    const read = [words.join(''), words.slice(Math.max(start, 0), end).join('')]
      .map((word) => word.replace(GLUED_LABEL, ''))
      .find((word) => VIN.test(word))
    if (read !== undefined) return read.toUpperCase()
  }
  return null
}

/** `VINWVWZZZ…`: no VIN has an I. */
const GLUED_LABEL = /^[vf]in(?=[a-z\d]{17}$)/i

function isLabel(word: string): boolean {
  return LABELS.has(fold(word))
}

/** Folded. */
const LABELS: ReadonlySet<string> = new Set(
  (
    'vin fin nr no number numer nummer numero num n o code kod codigo bastidor chasis chassis frame de del of the ' +
    'nadwozia podwozia telaio serie seryjny fahrgestellnummer fahrgestellnr fahrgestell fahrzeugidentnummer ' +
    'fahrzeugidentifikationsnummer identifizierungsnummer identnummer fahrzeug vehicle identification id auto'
  ).split(' ')
)
