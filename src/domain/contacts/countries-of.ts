/** The dealer's country, the address's, the language's: each once, in this order. */
export function countriesOf(
  dealer: string,
  address: string | null | undefined,
  language: string | null | undefined
): string[] {
  const found = [dealer, address, countryOfLanguage(language)].flatMap((country) =>
    country !== null && country !== undefined && /^[a-z]{2}$/i.test(country)
      ? [country.toUpperCase()]
      : []
  )
  return [...new Set(found)]
}

/** The region of a BCP 47 tag, or the country where most speak the language. */
function countryOfLanguage(language: string | null | undefined): string | null {
  if (language === null || language === undefined) return null
  try {
    return new Intl.Locale(language).maximize().region ?? null
  } catch {
    return null
  }
}
