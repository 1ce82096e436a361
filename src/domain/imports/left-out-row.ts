import { MIN_DIALLED_DIGITS } from '../leads/contact.ts'
import type { LeadField } from '../leads/lead-field.ts'
import { fold } from '../text/fold.ts'

/** What a last row is called that sums up or counts the rows above, with how many these are or not. */
const TOTALS = new RegExp(
  '^(?:(?:sub|grand |sum )?totals?(?: general| count| records?| leads?| rows?)?|suma(?: total| koncowa)?|' +
    'razem|ogolem|lacznie|podsumowanie|summe|(?:end|zwischen|gesamt)summe|gesamt(?:zahl|anzahl|ergebnis)?|insgesamt|' +
    'importe total|total registros|(?:numero|cantidad) de (?:registros|filas)|promedio|' +
    '(?:record |row )?count|number of (?:records|rows)|average|anzahl(?: datensatze| zeilen)?|durchschnitt|mittelwert|' +
    'liczba (?:rekordow|wierszy)|srednia|celkem|spolu|osszesen|totale|totaal|toplam|\u0438\u0442\u043e\u0433\u043e|' +
    '\u0432\u0441\u0435\u0433\u043e|\u0440\u0430\u0437\u043e\u043c)' +
    '(?: \\d+(?: \\p{L}+)?)?$',
  'u'
)

/** A number, with a sign of its currency or unit. */
const NUMBER =
  /^(?:[\p{Sc}\p{L}]{1,4}\.? ?)?[-+]?\d[\d\s.,']{0,40}(?: ?(?:%|\p{Sc}|\p{L}{1,4}\.?))?$/u

/** What programs write below a report, in a cell of its own. */
const NOTE = new RegExp(
  '^(?:copyright|\u00a9|\\(c\\)|confidential|vertraulich|poufne|confidencial|informaci[o\u00f3]n confidencial|' +
    '(?:report )?(?:generated|exported|printed|created) (?:by|on|at)\\b|(?:erstellt|exportiert|gedruckt) (?:von|am)\\b|' +
    'wygenerowan|wyeksportowan|wydrukowan|utworzon[aoey] przez|(?:generado|exportado|impreso|creado) (?:por|el)\\b|' +
    'end of report|koniec raportu|fin del informe|ende des berichts|' +
    '(?:page|strona|seite|p\u00e1gina) \\d+ (?:of|z|von|de) \\d+$|[-=_*]{3,}$)',
  'i'
)

/** The cell that says why a row is of no person, by its place: it sums up the rows above, or is a note below them. */
export function leftOut(
  cells: readonly (string | null)[],
  fieldAt: (place: number) => LeadField | null
): { place: number; code: 'totals_row' | 'report_note' } | null {
  const totals = totalsCell(cells, fieldAt)
  if (totals !== null) return { place: totals, code: 'totals_row' }
  const filled = cells.flatMap((cell, place) => (cell?.trim() ? [place] : []))
  const [place = -1, ...others] = filled
  const isNote = others.length === 0 && NOTE.test(cells[place]?.trim() ?? '')
  return isNote ? { place, code: 'report_note' } : null
}

/**
 * The first filled cell of a row that sums up the rows above, by its place; null: the row is of a person. Such a
 * word stands before nothing but numbers, and under no column of e-mails or phones is a number of a person.
 */
function totalsCell(
  cells: readonly (string | null)[],
  fieldAt: (place: number) => LeadField | null
): number | null {
  const filled = cells.flatMap((cell, place) => {
    const text = cell?.trim() ?? ''
    return text === '' ? [] : [{ text, place }]
  })
  const [first, ...rest] = filled
  if (!first || first.text.length > MAX_NAME || !TOTALS.test(fold(first.text))) return null
  const isSum = ({ text, place }: { text: string; place: number }) => {
    if (text.length > MAX_NAME || !NUMBER.test(text)) return false
    const kind = fieldAt(place)?.kind ?? ''
    const isOfPoint = ['email', 'emails', 'phone', 'phones'].includes(kind)
    return !isOfPoint || text.replace(/\D/g, '').length < MIN_DIALLED_DIGITS
  }
  return rest.every(isSum) ? first.place : null
}

const MAX_NAME = 60
