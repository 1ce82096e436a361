import { isLetter, isVietnameseMark, shapeScore, signScore } from './letter-shapes.ts'

/** The dealer of the file: language and country determine the expected letters. */
export interface Origin {
  locale: string
  /** ISO 3166-1 alpha-2. */
  country: string
}

/** Where nothing is known of the dealer. */
export const ANYWHERE: Origin = { locale: 'en', country: '' }

/** The letters of languages beyond ASCII, in lower case. */
const CENTRAL = {
  pl: 'ąćęłńóśźż',
  cs: 'áčďéěíňóřšťúůýž',
  sk: 'áäčďéíĺľňóôŕšťúýž',
  hu: 'áéíóöőúüű',
  ro: 'ăâîşţșț',
  hr: 'čćđšž'
} as const
const WESTERN = {
  es: 'áéíóúüñ¿¡ºª',
  de: 'äöüß',
  fr: 'àâæçéèêëîïôœùûüÿ',
  it: 'àèéìòù',
  pt: 'áâãàçéêíóôõú',
  nordic: 'åäöæøé',
  is: 'áæéíðóöúýþ'
} as const

const CYRILLIC = {
  ru: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  uk: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
  be: 'абвгдеёжзійклмнопрстуўфхцчшыьэюя',
  bg: 'абвгдежзийклмнопрстуфхцчшщъьюя',
  sr: 'абвгдђежзијклљмнњопрстћуфхцчџш'
} as const
const GREEK = { el: 'αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ' } as const
// In lower case, `İ` is i with a dot of its own.
const TURKISH = { tr: 'çğıöşüâîi\u0307' } as const
const VIETNAMESE = { vi: 'ăâđêôơưàáãèéìíòóõùúý\u0300\u0301\u0303\u0309\u0323' } as const
const HEBREW = { he: 'אבגדהוזחטיכךלמםנןסעפףצץקרשת' } as const
const BALTIC = { lt: 'ąčęėįšųūž', lv: 'āčēģīķļņšūž', et: 'äöõüšž' } as const
/** Programs of the Baltic countries write Polish in their own encoding. */
const POLISH = { pl: CENTRAL.pl } as const

/** The encodings of a family, the penalty of each, and the languages that use them. */
export const FAMILIES = [
  {
    encodings: {
      'windows-1250': 0,
      'iso-8859-2': 0.2,
      cp852: 0.5,
      'mac-central-europe': 1,
      'mac-romania': 2.2
    },
    languages: CENTRAL
  },
  {
    encodings: {
      'windows-1252': 0,
      macintosh: 0.5,
      cp850: 0.6,
      cp437: 0.7,
      cp860: 2.5,
      cp865: 1.2
    },
    languages: WESTERN
  },
  { encodings: { 'windows-1254': 0, cp857: 0.6, 'mac-turkish': 0.7 }, languages: TURKISH },
  { encodings: { 'windows-1257': 0.2, cp775: 1.5 }, languages: BALTIC },
  { encodings: { 'windows-1257': 2.5 }, languages: POLISH },
  { encodings: { 'windows-1255': 0 }, languages: HEBREW },
  { encodings: { 'windows-1258': 0.3 }, languages: VIETNAMESE },
  {
    encodings: { 'windows-1253': 0, 'iso-8859-7': 0.2, cp737: 2, 'mac-greek': 2 },
    languages: GREEK
  },
  {
    encodings: {
      'windows-1251': 0,
      'koi8-u': 0.4,
      ibm866: 0.5,
      cp1125: 1.5,
      'iso-8859-5': 0.6,
      'x-mac-cyrillic': 0.7
    },
    languages: CYRILLIC
  }
] as const

/** Letters that are rare in their languages: in a wrong encoding they are as frequent as others. */
const RARE = new Set('ъщэфцюжхшёґўђљњћџξψζφβχθϊϋΐΰ')
const WORTH = 2
const WORTH_RARE = 0.8

/** The countries of languages that are not a dealer's, beside the dealer's own language. */
const COUNTRIES: Readonly<Record<string, string>> = {
  PL: 'pl',
  CZ: 'cs',
  SK: 'sk',
  HU: 'hu',
  RO: 'ro',
  HR: 'hr',
  SI: 'hr',
  DE: 'de',
  AT: 'de',
  CH: 'de',
  FR: 'fr',
  IT: 'it',
  PT: 'pt',
  BR: 'pt',
  ES: 'es',
  MX: 'es',
  UA: 'uk',
  RU: 'ru',
  KZ: 'ru',
  BY: 'be',
  BG: 'bg',
  RS: 'sr',
  MK: 'sr',
  GR: 'el',
  CY: 'el',
  TR: 'tr',
  IS: 'is',
  VN: 'vi',
  LT: 'lt',
  LV: 'lv',
  EE: 'et',
  SE: 'nordic',
  DK: 'nordic',
  NO: 'nordic',
  FI: 'nordic',
  IL: 'he'
}

/** Languages of lists in any country, and those whose letters hardly any list elsewhere has. */
const USUAL = new Set(['pl', 'es', 'de', 'fr'])
const SELDOM: ReadonlySet<string> = new Set([...['el', 'lt', 'lv', 'et', 'is', 'vi', 'he']])

/** The maximum number of characters beyond ASCII that are scored: more would block other requests. */
const MAX_JUDGED = 2_000

/** How plausible a text is as one of these languages, at a dealer. Higher is better; below 0 is implausible. */
export function plausibility(
  text: string,
  languages: Readonly<Record<string, string>>,
  { locale, country }: Origin
): number {
  const { letters, score } = survey(text)
  const family = new Set(Object.values(languages).join(''))
  const home = new Set([locale, COUNTRIES[country]])
  const scores = Object.entries(languages).map(([language, alphabet]) => {
    const bonus = home.has(language) ? 1 : USUAL.has(language) ? 0 : SELDOM.has(language) ? -2 : -1
    let sum = bonus
    for (const [letter, count] of letters) {
      const worth = RARE.has(letter) ? WORTH_RARE : WORTH
      sum += count * (alphabet.includes(letter) ? worth : family.has(letter) ? -0.5 : -1.5)
    }
    return sum
  })
  return score + Math.max(...scores)
}

/** The letters beyond ASCII with their counts, and the scores of signs and of the shapes of words. */
function survey(text: string): { letters: Map<string, number>; score: number } {
  const letters = new Map<string, number>()
  let score = 0
  let judged = 0
  for (let at = 0; at < text.length && judged < MAX_JUDGED; at++) {
    const letter = text.charAt(at)
    if (letter < '\u0080') continue
    judged++
    const [before, after] = [text.charAt(at - 1), text.charAt(at + 1)]
    if (letter === 'ł' && !isLetter(after) && CUBED.test(text.slice(Math.max(at - 3, 0), at))) {
      score -= CUBE_TAKEN
    } else if (isLetter(letter) || '¿¡ºª'.includes(letter) || isVietnameseMark(letter)) {
      const lower = letter.toLowerCase()
      letters.set(lower, (letters.get(lower) ?? 0) + 1)
      score += shapeScore(text, at)
    } else if ('«»'.includes(letter) && !(text.includes('«') && text.includes('»'))) {
      score -= 1
    } else {
      score += signScore(before, letter, after)
    }
  }
  return { letters, score }
}

/** The unit of a volume before its sign ³, which is ł in windows-1250. */
const CUBED = /(?:^|[^a-z])[cdk]?m$/i
const CUBE_TAKEN = 4
