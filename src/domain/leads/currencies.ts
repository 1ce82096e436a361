const SIGNS = new Map([
  ['€', 'EUR'],
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['$', 'USD'],
  ['us$', 'USD'],
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
  ['₴', 'UAH'],
  ...Object.entries({
    EUR: 'eurów euró ευρώ',
    USD: 'u$s u$d',
    GBP: 'pound pounds quid sterling libras libra funtów funty pfund',
    PLN: 'złoty zloty zlote zlotys zlotis',
    CZK: 'korun koruna kc',
    HUF: 'forint forintów',
    RON: 'leu leji',
    INR: '₹ rs rupee rupees rupias rupien',
    BRL: 'reais real',
    PEN: 'soles sol',
    CHF: 'sfr fr franken francs fränkli',
    UAH: 'грн гривень',
    RUB: '₽ руб рублей',
    TRY: '₺ lira tl',
    KRW: '₩ won',
    THB: '฿ baht',
    ILS: '₪',
    VND: '₫',
    NGN: '₦',
    BGN: 'лв лева leva',
    GTQ: 'quetzales',
    CRC: '₡ colones',
    PYG: '₲ guaraníes guaranies',
    BOB: 'bolivianos',
    HNL: 'lempiras',
    NIO: 'córdobas cordobas',
    VES: 'bolívares bolivares',
    ZAR: 'rand',
    AED: 'dirhams'
  }).flatMap(([code, words]) => words.split(' ').map((word) => [word, code] as const))
])

/** Words and signs of several currencies: the dealer's own, where it is one, else the usual one if there is one. */
const SHARED: readonly { words: ReadonlySet<string>; codes: string; usual: string | null }[] = [
  {
    words: new Set('dollar dollars dólar dólares dolar dolares dolarów dolary'.split(' ')),
    codes: 'USD CAD AUD NZD SGD HKD TWD',
    usual: 'USD'
  },
  { words: new Set(['¥', '￥', 'yen', 'yuan', 'rmb', '円', '元']), codes: 'JPY CNY', usual: 'JPY' },
  {
    words: new Set(['peso', 'pesos']),
    codes: 'MXN ARS CLP COP UYU DOP PHP CUP',
    usual: null
  },
  {
    words: new Set(['kr', 'krone', 'kroner', 'krona', 'kronor', 'koron']),
    codes: 'SEK NOK DKK ISK',
    usual: null
  }
]

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
  const shared = SHARED.find(({ words }) => words.has(word))
  if (shared) return shared.codes.split(' ').includes(own) ? own : shared.usual
  return SIGNS.get(word) ?? (CODES.has(code) ? code : null)
}
