const SIGNS = new Map([
  ['€', 'EUR'],
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['$', 'USD'],
  ['us$', 'USD'],
  ['dollars', 'USD'],
  ['c$', 'CAD'],
  ['ca$', 'CAD'],
  ['a$', 'AUD'],
  ['mx$', 'MXN'],
  ['r$', 'BRL'],
  ['£', 'GBP'],
  ['zł', 'PLN'],
  ['zl', 'PLN'],
  ['złotych', 'PLN'],
  ['złote', 'PLN'],
  ['zlotych', 'PLN'],
  ['kč', 'CZK'],
  ['ft', 'HUF'],
  ['lei', 'RON'],
  ['₴', 'UAH']
])

/** Currencies whose sign is `$` at home. */
const DOLLARS = new Set('USD CAD AUD NZD MXN ARS CLP COP UYU SGD HKD TWD'.split(' '))

const CODES = new Set(Intl.supportedValuesOf('currency'))

/** Whether `$` means this currency where it is the dealer's. */
export function isOwnDollar(currency: string): boolean {
  return DOLLARS.has(currency)
}

/** The ISO 4217 code of a code, sign or name at a dealer with this currency. */
export function readCurrency(text: string, own: string): string | null {
  const word = text.trim().toLowerCase().replace(/\.$/, '')
  if (word === '$' && isOwnDollar(own)) return own
  const code = word.toUpperCase()
  return SIGNS.get(word) ?? (CODES.has(code) ? code : null)
}
