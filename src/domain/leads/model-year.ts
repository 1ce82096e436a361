/** A year of four digits, also as a model year (`MY2022`) or from a spreadsheet (`2022.0`). */
export function readModelYear(text: string): number | null {
  const [, year] = /^(?:MY ?)?(\d{4})(?:[.,]0{1,2})?$/i.exec(text.trim()) ?? []
  return year === undefined ? null : Number(year)
}
