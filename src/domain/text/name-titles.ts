import { fold } from './fold.ts'

/**
 * A name in the form names are compared in: folded, without titles and forms of address of English,
 * Spanish, Polish and German (`Dr. med. Anna Maas` is `anna maas`, `Pan Jan Lis` is `jan lis`). A
 * name of titles alone stays: Don is also a first name.
 */
export function comparableName(text: string): string {
  const words = fold(text).split(' ')
  let start = 0
  while (start < words.length - 1 && isTitleAt(words, start)) start += 1
  let end = words.length
  while (end > start + 1 && LAST_WORDS.has(words[end - 1] ?? '')) end -= 1
  return words.slice(start, end).join(' ')
}

/**
 * Whether a whole name is forms of address alone: `Herr`, `Pani`, `Mr & Mrs`, `Herr Dr.`. `Don` and words of
 * professions are left out, because they are names as well.
 */
export function isFormOfAddress(text: string): boolean {
  if (text.length > MAX_FORM) return false
  const words = fold(text)
    .split(' ')
    .filter((word) => !AND.has(word))
  return words.length > 0 && words.every((word) => FORMS_OF_ADDRESS.has(word))
}

const MAX_FORM = 40

/** Folded. */
const FORMS_OF_ADDRESS: ReadonlySet<string> = new Set([
  ...[
    'mr',
    'mrs',
    'ms',
    'miss',
    'mx',
    'mister',
    'sir',
    'madam',
    'dr',
    'doctor',
    'prof',
    'professor'
  ],
  ...['sr', 'sra', 'srta', 'senor', 'senora', 'senorita', 'dra', 'doctora'],
  ...['pan', 'pani', 'panstwo', 'szanowny', 'szanowna', 'szanowni'],
  ...['herr', 'herrn', 'frau', 'fraulein', 'familie']
])

function isTitleAt(words: readonly string[], place: number): boolean {
  const word = words[place] ?? ''
  if (TITLES.has(word)) return true
  if (place === 0) return false
  const next = words[place + 1] ?? ''
  if (AND.has(word)) return TITLES.has(next)
  // `Dr. med.`, `dr hab.`: words of a degree only where a title is before them, and a name follows.
  return DEGREES.has(word) && place < words.length - 2
}

const AND: ReadonlySet<string> = new Set(['and', 'y', 'e', 'i', 'und'])

/** Folded. Single letters such as Spanish `D.` are left out: they are initials as well. */
const TITLES: ReadonlySet<string> = new Set([
  ...FORMS_OF_ADDRESS,
  ...[
    'rev',
    'reverend',
    'hon',
    'capt',
    'don',
    'dona',
    'profesor',
    'profesora',
    'lic',
    'ing',
    'arq',
    'licenciado',
    'licenciada',
    'ingeniero',
    'ingeniera',
    'panna',
    'mgr',
    'inz',
    'ks',
    'hr',
    'fr',
    'dipl'
  ]
])

/** Words of degrees that follow a title. */
const DEGREES: ReadonlySet<string> = new Set([
  ...['med', 'jur', 'rer', 'nat', 'phil', 'hab', 'inz', 'dent', 'kfm', 'oec', 'ing']
])

/** Degrees that people write after their name. `Jr.` and `III` are left out: they tell two people apart. */
const LAST_WORDS: ReadonlySet<string> = new Set([
  ...['phd', 'md', 'mba', 'dds', 'esq', 'mgr', 'inz', 'hab']
])
