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
 * Whether a whole name is forms of address alone: `Herr`, `Pani`, `Mr & Mrs`, `Herr Dr.`, `Dear Sir or Madam`. `Don`
 * and words of professions are left out, because they are names as well.
 */
export function isFormOfAddress(text: string): boolean {
  if (isSalutation(text)) return true
  const words = text.length > MAX_FORM ? [] : formWords(text)
  return words.length > 0 && words.every((word) => FORMS_OF_ADDRESS.has(word))
}

/** Whether a text is the salutation of a letter without a name: `Dear Sir`, `Sehr geehrte Damen und Herren`. */
export function isSalutation(text: string): boolean {
  if (text.length > MAX_FORM) return false
  const [first = '', ...others] = formWords(text)
  if (TO_ANYONE.has(fold(text))) return true
  const isFirst = LETTER_WORDS.has(first) || GREETINGS.has(first)
  return isFirst && others.length > 0 && others.every(isOfLetter)
}

/** The name behind the salutation of a letter: `Smith` for `Dear Mr Smith`. A text that is none is returned as it is. */
export function withoutSalutation(name: string): string {
  if (!SALUTATION.test(name)) return name
  const words = name.split(' ')
  const folded = words.map(fold)
  const isBetween = (word: string, next: string) =>
    (AND.has(word) || OR.has(word)) && isOfLetter(next)
  const start = folded.findIndex(
    (word, at) => word !== '' && !isOfLetter(word) && !isBetween(word, folded[at + 1] ?? '')
  )
  const isLetter = LETTER_WORDS.has(folded[0] ?? '') || start > 1
  return start > 0 && isLetter ? words.slice(start).join(' ') : name
}

/** Most names begin with none of these. */
const SALUTATION =
  /^(?:dear|hello|szanown|drog[ia]|estimad|apreciad|querid|hola|sehr|geehrte|liebe|guten|witam)/i

function formWords(text: string): string[] {
  return fold(text)
    .split(' ')
    .filter((word) => !AND.has(word) && !OR.has(word))
}

function isOfLetter(word: string): boolean {
  return [FORMS_OF_ADDRESS, LETTER_WORDS, GREETINGS, ADDRESSEES].some((words) => words.has(word))
}

const MAX_FORM = 40

/** With these a letter begins, and no name. Folded. */
const LETTER_WORDS: ReadonlySet<string> = new Set([
  ...['dear', 'szanowny', 'szanowna', 'szanowni', 'sehr', 'geehrte', 'geehrter', 'geehrtes'],
  ...['estimado', 'estimada', 'estimados', 'estimadas', 'apreciado', 'apreciada']
])

/** Words before a form of address that are names as well. */
const GREETINGS: ReadonlySet<string> = new Set([
  ...[
    'hello',
    'drogi',
    'droga',
    'witam',
    'querido',
    'querida',
    'hola',
    'liebe',
    'lieber',
    'guten',
    'tag'
  ]
])

/** Whom a letter addresses that knows no name. */
const ADDRESSEES: ReadonlySet<string> = new Set([
  ...[
    'customer',
    'client',
    'sirs',
    'madame',
    'gentlemen',
    'team',
    'kliencie',
    'klientko',
    'panowie'
  ],
  ...['cliente', 'senores', 'senoras', 'damen', 'herren', 'kunde', 'kundin'],
  ...['doktorze', 'profesorze', 'inzynierze', 'mecenasie', 'dyrektorze', 'prezesie']
])

const TO_ANYONE: ReadonlySet<string> = new Set([
  ...['to whom it may concern', 'a quien corresponda', 'a quien pueda interesar']
])

const OR: ReadonlySet<string> = new Set(['or', 'o', 'lub', 'oder'])

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
  ...['pan', 'pani', 'panie', 'panu', 'panstwo', 'szanowny', 'szanowna', 'szanowni'],
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
  ...LETTER_WORDS,
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
