const SIGNS = new Map([
  ['€', 'EUR'],
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['$', 'USD'],
  ['£', 'GBP'],
  ['zł', 'PLN'],
  ['zl', 'PLN'],
  ['złotych', 'PLN'],
  ['zlotych', 'PLN'],
  ['kč', 'CZK']
])

/** The ISO 4217 code of a code, sign or name. */
export function readCurrency(text: string): string | null {
  const word = text.trim().toLowerCase().replace(/\.$/, '')
  return SIGNS.get(word) ?? (/^[a-z]{3}$/.test(word) ? word.toUpperCase() : null)
}
