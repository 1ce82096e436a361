import { squeeze } from '../text/fold.ts'

/** What the second of two surnames is called. */
const SECOND = new Set(
  'segundo apellido|apellido materno|apellido 2|2 apellido|2do apellido|second last name|second surname|drugie nazwisko'
    .split('|')
    .map(squeeze)
)

/** Whether what is called so is the second of two surnames: `Segundo apellido`. */
export function isSecondSurname(name: string): boolean {
  return SECOND.has(squeeze(name))
}

/** Both surnames as one, the first before the second. */
export function withSurname(before: string | null, text: string, isSecond: boolean): string {
  if (before === null || before === '') return text
  return isSecond ? `${before} ${text}` : `${text} ${before}`
}

const FIRST = new Set(
  'vorname|vornamen|imie|imiona|first name|firstname|given name|nombre|nombres|prenom|prenume'
    .split('|')
    .map(squeeze)
)
const LAST = new Set(
  'nachname|familienname|zuname|nazwisko|last name|lastname|surname|family name|apellido|apellidos'
    .split('|')
    .map(squeeze)
)
/** What a surname is called beside a first name. */
const BESIDE_FIRST = new Set(['name', 'nazwa', 'nom', 'nume'])

interface Named {
  name: string
  samples: readonly string[]
}

/**
 * The column of the surnames beside one of first names, or undefined: `Name` and `Vorname` of German lists. Where
 * its values have more words, or the first names in them, they are whole names, or no names.
 */
export function surnameBeside<Column extends Named>(
  columns: readonly Column[]
): Column | undefined {
  const called = (names: ReadonlySet<string>) =>
    columns.filter(({ name }) => names.has(squeeze(name)))
  const [first] = called(FIRST)
  const [beside, ...others] = called(BESIDE_FIRST)
  if (!first || !beside || others.length > 0 || called(LAST).length > 0) return undefined
  const firsts = new Set(first.samples.flatMap(wordsOf))
  const isSurname = (text: string) => {
    const words = wordsOf(text)
    return words.length <= MAX_WORDS && !/\d/.test(text) && !words.some((word) => firsts.has(word))
  }
  const isSure = SURE.has(`${squeeze(first.name)} ${squeeze(beside.name)}`)
  return (isSure || beside.samples.length > 0) && beside.samples.every(isSurname)
    ? beside
    : undefined
}

/** Pairs that are a first name and a surname in their language: the values need not be looked at. */
const SURE = new Set(['vorname name', 'vornamen name', 'prenom nom', 'prenume nume'])

/** `von der Heide` has three. */
const MAX_WORDS = 3

function wordsOf(text: string): string[] {
  return text.trim().toLowerCase().split(/\s+/)
}
