import { fold } from '../text/fold.ts'
import { generationOf } from '../text/generations.ts'
import { comparableName } from '../text/name-titles.ts'
import { isTransliterated, transliterate } from '../text/transliterate.ts'
import type { Contact } from '../leads/lead.ts'
import { withoutLowerMojibake } from './lower-mojibake.ts'

/** The words of a person's name, in the form they are compared in. */
export interface NameForm {
  first: string[]
  last: string[]
  /** The name came whole, or in one field: any of its words may be the first name. All are in `first`. */
  isLoose: boolean
  /** The field of a loose name: the other may be missing. */
  field: 'first' | 'last' | 'whole' | null
  /** `jr`, `sr` and the like. */
  generation: string | null
}

/** How many words of a name are compared. */
const MAX_WORDS = 5

/** Folded words without titles and particles. A name in parts keeps them; another is `isLoose`. */
export function nameForm(contact: Contact): NameForm {
  const given = wordsOf(contact.firstName, true)
  if (contact.middleName !== null) given.push(...wordsOf(contact.middleName, true))
  const last = wordsOf(contact.lastName, false)
  const whole = given.length + last.length === 0 ? wordsOf(contact.fullName ?? '', true) : []
  const all = [given, last, whole].findLast((words) => words.length > 0) ?? []
  const generation = generationOf(wordsOf(contact.nameSuffix, false)) ?? trailing(all)
  if (whole.length > 0) {
    return { first: bound(whole), last: [], isLoose: true, field: 'whole', generation }
  }
  const isLoose = (given.length === 0 && last.length > 1) || (last.length === 0 && given.length > 1)
  if (isLoose) {
    const field = given.length > 0 ? 'first' : 'last'
    return { first: bound([...given, ...last]), last: [], isLoose, field, generation }
  }
  return { first: bound(given), last: bound(last), isLoose, field: null, generation }
}

function bound(words: string[]): string[] {
  return words.slice(0, MAX_WORDS)
}

/** Takes the word of a generation off the end. */
function trailing(words: string[]): string | null {
  if (words.length < 2) return null
  const generation = generationOf(words)
  if (generation !== null) words.pop()
  return generation
}

function wordsOf(text: string | null, isBeginning: boolean): string[] {
  if (text === null || text === '') return []
  const plain = /^[A-Za-z]+$/.test(text) ? text.toLowerCase() : folded(text, isBeginning)
  if (!plain.includes(' ')) return plain === '' ? [] : [plain]
  const words = plain.split(' ')
  const kept = words.filter(
    (word, at) =>
      !(PARTICLES.has(word) && at < words.length - 1 && (word.length > 1 || !isBeginning))
  )
  const [head = '', ...tail] = kept
  // `D. Manuel`, `Dña. Ana`: the Spanish forms of address that are initials as well.
  const isAddress = isBeginning && (head === 'd' || head === 'dna') && (tail[0] ?? '').length > 1
  return isAddress ? tail : kept
}

function folded(text: string, isBeginning: boolean): string {
  const meant = withoutLowerMojibake(text)
  const plain = isBeginning ? comparableName(meant) : fold(meant)
  return isTransliterated(plain) ? transliterate(plain) : plain
}

const PARTICLES: ReadonlySet<string> = new Set(
  'de del la las los el y e i van von der den da do dos di du le san santa o mac'.split(' ')
)
