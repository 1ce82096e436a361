import { isAbsentValue } from '../text/absent-values.ts'
import { trimCharacters } from '../text/clean-text.ts'
import type { Vehicle } from './vehicle.ts'

/** Members whose values people and programs write behind the label of their field. */
export const LABELLED_MEMBERS = ['make', 'model', 'trim', 'plate', 'stockNumber'] as const
export type LabelledMember = (typeof LABELLED_MEMBERS)[number]

/** A vehicle whose values have no labels in front: `Toyota` for `Make: Toyota`, `1234` for `Stock #: 1234`. */
export function withoutLabels(vehicle: Vehicle): Vehicle {
  return LABELLED_MEMBERS.reduce(
    (read, member) => ({ ...read, [member]: bareValue(member, vehicle[member]) }),
    vehicle
  )
}

/** A longer text is prose. */
const MAX_LENGTH = 120

function bareValue(member: LabelledMember, text: string | null): string | null {
  if (text === null || text.length > MAX_LENGTH || !FIRST_SIGN.test(text)) return text
  const bare = LABELS[member].reduce((left, label) => left.replace(label, ''), withoutMarks(text))
  const rest = bare === text ? text : withoutMarks(bare)
  if (rest === text) return text
  const others = member === 'make' || member === 'model' ? rest.replace(BETWEEN, ' ') : rest
  return others === '' || isAbsentValue(others) ? null : others
}

/** Most values have neither a mark behind a label, nor one at an end, nor a number. */
const FIRST_SIGN = /[:=#\d]|^[^\p{L}]|[^\p{L}]$| [-\u2013] /u

/** A value without the marks between values, and quotes or brackets around it: `AB 123,`, `(AB 123)`. */
function withoutMarks(text: string): string {
  const value = trimCharacters(text, ' ,;:|-', ' ,;:|')
  return AROUND.exec(value)?.[1]?.trim() ?? value
}

const AROUND = /^["\u201c\u201e([]([^"\u201c-\u201e()[\]]{1,100})["\u201c\u201d)\]]$/

const NUMBER = String.raw`(?: ?-?(?:number|numer|n[uú]mero|nummer|num|no|nr|n[º°]|id)\.?| ?#)?`
const NUMBER_OF = String.raw`(?:(?:number|numer|n[uú]mero|num|no|nr|n[º°])\.? (?:de(?: la)? )?)?`
const BOTH = String.raw`(?:make|brand) ?(?:[/&]|and) ?model|vehicle|car|marka (?:i|/) model|pojazd|samoch[oó]d|marca (?:y|/) modelo|veh[ií]culo|coche|marke (?:und|/) modell|fahrzeug|auto`
const MAKE = 'make|brand|manufacturer|marka|producent|marca|fabricante|marke|hersteller|fabrikat'
const MODEL = 'models?|modelo|modell'
const TRIM = String.raw`trim(?: level)?|version|wersja(?: wyposa[zż]enia)?|versi[oó]n|acabado|ausstattung(?:slinie)?|variante?`
const PLATE = String.raw`(?:licen[cs]e|number|registration|reg\.?) plates?|plates?|registration|rejestracja|(?:tablica )?rejestracyjn[ya]|rej\.?|matr[ií]cula|placas?|patente|tablice|nummernschild|(?:kfz-?|amtliches |amtl\. )?kennzeichen`
const STOCK = 'stock|stk|inventory|magazynowy|inventario|bestands?|lager'
const OFFER =
  'ref|reference|referencia|referenz|referencyjny|offer|oferty|oferta|angebots?|fahrzeug|vehicle|id|number|numer|nummer|no|nr'

/** The words with a mark behind them. */
function before(words: string): RegExp {
  return new RegExp(
    String.raw`^${NUMBER_OF}(?:${words})\.?${NUMBER} ?(?:[:=#]|(?<= )[-\u2013] )\s{0,3}`,
    'iu'
  )
}

/** The words alone, before a value with a digit. */
function beforeNumber(words: string, value: string): RegExp {
  return new RegExp(String.raw`^${NUMBER_OF}(?:${words})\.?${NUMBER} (?=${value}$)`, 'iu')
}

const PLATE_NUMBER = String.raw`[\p{L} -]{0,8}\d[\p{L}\d -]{0,9}`
const STOCK_NUMBER = String.raw`[^\s\d]{0,20}\d\S{0,20}`

/** In their order. */
const LABELS: Readonly<Record<LabelledMember, readonly RegExp[]>> = {
  make: [before(`${BOTH}|${MAKE}`)],
  model: [before(`${BOTH}|${MAKE}|${MODEL}`)],
  trim: [before(TRIM)],
  plate: [before(`${PLATE}|reg`), beforeNumber(PLATE, PLATE_NUMBER)],
  stockNumber: [
    before(`${STOCK}|${OFFER}`),
    beforeNumber(`${STOCK}|${OFFER}`, STOCK_NUMBER),
    /^#\s?(?=[\p{L}\d])/u
  ]
}

/** The label of the model behind the make: `Make: Toyota, Model: Corolla`. */
const BETWEEN = new RegExp(String.raw`[,;|/]? ?(?<!\p{L})(?:${MODEL}|${TRIM}) ?[:=] ?`, 'giu')
