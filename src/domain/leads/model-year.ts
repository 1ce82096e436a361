/** A year with what people and spreadsheets write around it: a month, the next year, a word for the year. */
const YEAR =
  /^(?:(?:MY|rok|rocznik|year|a[nñ]o|baujahr|bj|ez)\W{0,2})?(?:\d{1,2}[./-]){0,2}(\d{4})(?:[.,]0{1,2}|[./-](?:0?[1-9]|1[0-2])(?:[./-]\d{1,2})?)?(?: ?r(?:ok|oku)?\.?)?$/i
const SHORT_YEAR = /^(?:(?:MY ?)?['‘’`]|MY ?)(\d\d)$/i

/**
 * A year as people write it: `2019`, `MY2022`, `'19`, `2 020`, `2022.0`, `05/2019`, `2019 r.`. Of two years,
 * `2019/2020`, neither is sure.
 */
export function readModelYear(text: string): number | null {
  const plain = text.trim().replace(/^([12])[ \u00a0\u202f.,'](\d{3})$/, '$1$2')
  const [, short] = SHORT_YEAR.exec(plain) ?? []
  if (short !== undefined) return Number(short) + (Number(short) < 50 ? 2000 : 1900)
  const [, year] = plain.length > 30 ? [] : (YEAR.exec(plain) ?? [])
  return year === undefined ? null : Number(year)
}
