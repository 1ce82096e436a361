/**
 * Texts that a spreadsheet would take for a formula: what begins with one of these signs, also in full
 * width, also behind blanks, and what begins with a tab or a line break. An apostrophe before them is
 * one of ours, or one that has to be told from ours.
 */
const FORMULA = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u

/** A number in digits stays one, below zero too. `+48…` is a phone, and would lose its plus. */
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/

/** A text as a cell that no spreadsheet carries out: with an apostrophe before it where that is needed. */
export function guardCell(text: string): string {
  return isTakenForFormula(text) ? `'${text}` : text
}

/** The text of a guarded cell: exactly what `guardCell` was given. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && isTakenForFormula(cell.slice(1)) ? cell.slice(1) : cell
}

function isTakenForFormula(text: string): boolean {
  return FORMULA.test(text) && !PLAIN_NUMBER.test(text)
}
