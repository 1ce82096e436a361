/** Mexico dropped the prefixes 01, 044, 045 and 1 in 2019; people and messengers still write them. */
export function mexicanTexts(digits: string): string[] {
  const [, subscriber] = /^(?:01|044|045|1|521)(\d{10})$/.exec(digits) ?? []
  return subscriber === undefined ? [] : [subscriber]
}

/** Ukraine's trunk prefix was 8 before it was 0: `8 050 123 45 67`. */
export function ukrainianTexts(digits: string): string[] {
  const [, subscriber] = /^80(\d{9})$/.exec(digits) ?? []
  return subscriber === undefined ? [] : [`0${subscriber}`]
}

/** Colombia put 60 before its area codes of one digit in 2021: `(1) 234 5678`, with its code or without. */
export function colombianTexts(digits: string): string[] {
  const [, subscriber] = /^(?:57)?([124-8]\d{7})$/.exec(digits) ?? []
  return subscriber === undefined ? [] : [`60${subscriber}`]
}

/** Colombia's areas are longer now; Mexico's mobile 1 is abolished; Argentina's 9 and 15 say the same thing, and one is enough. */
export function oldMobileTexts(bare: string): string[] {
  const [, mexican] = /^521(\d{10})$/.exec(bare) ?? []
  const [, argentinian] = /^5490?(\d{12})$/.exec(bare) ?? []
  const colombian = bare.startsWith('57') ? colombianTexts(bare) : []
  return [
    ...colombian.map((text) => `+57${text}`),
    ...(mexican === undefined ? [] : [`+52${mexican}`]),
    ...(argentinian === undefined ? [] : [`+54${argentinian}`])
  ]
}
