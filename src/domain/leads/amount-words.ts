import { fold } from '../text/fold.ts'

/**
 * Words around an amount or a distance that say how sure it is or what it has, in English, Spanish, Polish, German,
 * French and Italian: `from $20,000`, `ok. 85 000`, `VB 15.990 €`, `79900 netto`, `£8,995 ono`.
 */
const WORDS = new Set(
  (
    'from up to about around approx approximately under over below above only just asking price cost firm fixed ' +
    'ono ovno obo negotiable neg or nearest very near best offer offers net gross incl including inc excl excluding ex plus vat tax taxes ' +
    'od do ok okolo circa ca cena kwota ponizej powyzej niecale ponad brutto netto z bez w tym negocjacji uzgodnienia ostateczna tylko ' +
    'ab bis etwa unter uber preis festpreis fp vb vhb vhs verhandlungsbasis verhandelbar nur inkl inklusive exkl zzgl zuzuglich mwst ust mit ohne ' +
    'desde hasta aprox aproximadamente unos menos mas de precio bruto neto negociable con sin iva incluido incluidos ' +
    'prix environ ttc ht hors tva compris prezzo trattabile trattabili da a max min maximum minimum'
  ).split(' ')
)

/** What a distance has around it beside these. */
const ODOMETER_WORDS = new Set(
  (
    'mileage odometer driven reading read actual original genuine documented verified ' +
    'przebieg przejechane oryginalny oryginalne udokumentowany udokumentowane realny realne rzeczywisty ' +
    'laufleistung kilometerstand tachostand stand abgelesen original gelaufen echt nachweislich ' +
    'kilometraje recorridos reales certificados original demostrables'
  ).split(' ')
)

/** The words that are none of these, with one blank between: of `€ VB` the sign. */
export function withoutAmountWords(text: string): string {
  return meaningOf(text, (word) => WORDS.has(word))
}

/** As `withoutAmountWords`, around a distance: of `km (abgelesen)` the unit. */
export function withoutOdometerWords(text: string): string {
  return meaningOf(text, (word) => WORDS.has(word) || ODOMETER_WORDS.has(word))
}

/** Signs of footnotes, and a number in brackets behind a price or a distance: `15.990 €¹`, `15 990 zł (1)`. */
const NOTE_SIGNS = /[\u00b9\u00b2\u00b3\u2070\u2074-\u207e*†‡§#]+/g
const NOTE_NUMBER = /(?<=\D)[([]?\d{1,2}[)\]]$/

/** A price or a distance without the marks of footnotes. */
export function withoutNotes(text: string): string {
  return text.replace(NOTE_SIGNS, ' ').trim().replace(NOTE_NUMBER, '').trim()
}

function meaningOf(text: string, isWord: (word: string) => boolean): string {
  return text
    .split(/[\s.,:;~()[\]/*+]+/u)
    .filter((word) => word !== '' && !isWord(fold(word)))
    .join(' ')
}
