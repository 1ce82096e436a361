import { isPhoneLabel } from './phone-text.ts'
import { fold } from '../text/fold.ts'

/** What a bare number behind these words counts is no phone. */
const IDS =
  /^(?:vin|id|stock|ref|reference|referencia|referenz|order|offer|oferta|oferty|pedido|zamowieni[ea]|bestellung|auftrag|ogloszeni[ea]|inserats?|inserat|anzeigen?|angebots?|anuncio|kundennummer|listing|ad|case|ticket|session|invoice|rechnung|faktur[ay]|factura|(?:rechnungs|auftrags|bestell|angebots|vertrags|vorgangs|ticket)(?:nr|nummer)|kundennr)$/

/** Whether a word names what digits behind it are the number of: `Auftrag 2026123456`. */
export function isOfPaper(word: string, number: string): boolean {
  return IDS.test(word) && OF_PAPER.test(number)
}

/** Bare digits, alone or before a blank; digits behind a year. */
const OF_PAPER = /^(?:\d+$|\d{7,} |(?:19[5-9]|20[0-4])\d ?[./ -] ?\d{3,9}$)/

/** Words beside a number that say no more than that it is one. */
export const NUMBERS: ReadonlySet<string> = new Set(
  'no nr number num numero numer nummer'.split(' ')
)

/** A year, a hyphen and a count, as invoices and orders are numbered: `2026-000123`. No person groups a phone so. */
const YEAR_AND_COUNT =
  /(?<![\p{L}\p{N}#_+(]|\d ?[-./]|\d )(?:19[5-9]|20[0-4])\d-\d{5,8}(?![\p{L}\d]|[-./]\d)/gu

/** The text without numbers of papers; a label of phones directly before one says that it is none: `tel. 2026-…`. */
export function withoutPaperNumbers(text: string): string {
  return text.replace(YEAR_AND_COUNT, (number: string, at: number) => {
    const [, word = ''] =
      /(?<!\p{L})(\p{L}{2,20})[.:]? ?$/u.exec(text.slice(Math.max(0, at - MAX_BEFORE), at)) ?? []
    return isPhoneLabel(word) && !NUMBERS.has(fold(word)) ? number : ';'
  })
}

const MAX_BEFORE = 24
