/** Whether a word is a usual ending of a domain. */
export function isDomainEnding(word: string): boolean {
  return ENDINGS.has(word.toLowerCase())
}

/** Domains in which anyone can have an address. */
export function mailProviders(): string[] {
  return [...PROVIDERS.values()]
}

/** Whether anyone can have an address in a domain. */
export function isMailProvider(domain: string): boolean {
  return PROVIDERS.get(domain.toLowerCase().replaceAll('.', '')) === domain.toLowerCase()
}

/** The domain of a provider whose name is written without its dot: `gmailcom`. */
export function providerNamed(name: string): string | undefined {
  return PROVIDERS.get(name.toLowerCase())
}

/** Endings of domains that are usual where our dealers are: another word may be a name, or the next one. */
const ENDINGS = new Set(
  'com net org edu gov info biz pl es de eu uk us ca mx ar cl pe co at ch cz sk fr it pt nl be ie se no dk fi ua ro hu lt lv'.split(
    ' '
  )
)

/** Providers of mail whose domain is clear without its dot. */
const PROVIDERS = new Map(
  (
    'gmail.com googlemail.com hotmail.com hotmail.es outlook.com outlook.es yahoo.com yahoo.es icloud.com ' +
    'live.com msn.com aol.com protonmail.com proton.me gmx.de gmx.net web.de t-online.de freenet.de wp.pl ' +
    'onet.pl onet.eu op.pl o2.pl vp.pl interia.pl interia.eu gazeta.pl tlen.pl telefonica.net'
  )
    .split(' ')
    .map((domain) => [domain.replaceAll('.', ''), domain])
)
