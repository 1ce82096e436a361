/** A code as it was before a spreadsheet took it for a number: `4607.0` is 4607. */
export function withoutDecimals(code: string): string {
  return code.length <= 17 && /^\d{1,15}\.0$/.test(code) ? code.slice(0, -2) : code
}
