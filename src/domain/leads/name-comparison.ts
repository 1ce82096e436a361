import { comparableName } from '../text/name-titles.ts'
import { areNameForms } from '../text/nicknames.ts'
import { fold, foldUmlauts } from '../text/fold.ts'
import { generationOf } from '../text/generations.ts'
import { isTransliterated, spellingKey, transliterate } from '../text/transliterate.ts'
import type { Contact } from './lead.ts'

/**
 * How one field of two records compares. `similar`: one value is a form of the other, such as a
 * nickname, an initial or fewer words.
 */
export const AGREEMENTS = ['same', 'similar', 'different'] as const
export type Agreement = (typeof AGREEMENTS)[number]

/**
 * What the names of two contacts say about them being one person.
 *
 * - `same`: the same words, however they were split and ordered.
 * - `nameless`: neither has a name.
 * - `variant`: one name is a form of the other: nicknames, a middle name more, one surname of two.
 * - `initial`: the same, by an initial.
 * - `unknown`: nothing differs, but a first or a last name is missing.
 * - `word-differs`: one name is a single word, a first or a last name, and the other lacks it.
 * - the others: a first name, a last name or both contradict each other.
 */
export type NameVerdict =
  | 'same'
  | 'nameless'
  | 'variant'
  | 'initial'
  | 'unknown'
  | 'word-differs'
  | 'last-differs'
  | 'first-differs'
  | 'differ'

interface NameComparison {
  verdict: NameVerdict
  /** Null where either has no such name. */
  first: Agreement | null
  last: Agreement | null
}

/** Compares the names of two contacts; titles, accents, spelling of umlauts and order don't count. */
export function compareNames(a: Contact, b: Contact): NameComparison {
  const names = [nameOf(a), nameOf(b)].filter((name) => name !== null)
  // In one order, so that the result is the same from either side.
  const [one, other] = names.toSorted((x, y) => (x.written < y.written ? -1 : 1))
  if (!one) return { verdict: 'nameless', first: null, last: null }
  if (!other) return { verdict: 'unknown', first: null, last: null }
  const generations = [one.generation, other.generation].filter((word) => word !== null)
  if (new Set(generations).size === 2) {
    return { verdict: 'first-differs', first: 'different', last: null }
  }
  const compared = compareWords(one, other)
  // A father may leave out what tells him from his son.
  const isOpen = compared.verdict === 'same' && generations.length === 1
  return isOpen ? { ...compared, verdict: 'variant' } : compared
}

function compareWords(one: Name, other: Name): NameComparison {
  if (one.written === other.written || sorted(one.written) === sorted(other.written)) {
    return { verdict: 'same', first: 'same', last: 'same' }
  }
  const isWord = one.words.length === 1 || other.words.length === 1
  const pairing = pairWords(one.words, other.words)
  const judged = judge(pairing, isWord)
  const isLoose = [...one.words, ...other.words].some((word) => word.isLoose)
  return isLoose && pairing.pairs.length === 0 ? { ...judged, verdict: 'word-differs' } : judged
}

interface Word {
  /** In Latin letters where it was in Cyrillic or Greek. */
  text: string
  isTransliterated: boolean
  part: 'first' | 'last'
  /** The only word of a whole name: it may be a first name or a last name. */
  isLoose: boolean
}

interface Name {
  /** All words, titles too. */
  written: string
  words: Word[]
  /** Senior, junior and the like. */
  generation: string | null
}

/** How many words of a name are compared. */
const MAX_WORDS = 12

/** The words of a name; of a whole name the first is the first name, and a single one the last name. */
function nameOf(contact: Contact): Name | null {
  const given = [contact.firstName, contact.middleName].filter((part) => part !== null).join(' ')
  const hasParts = fold(`${given} ${contact.lastName ?? ''}`) !== ''
  const text = hasParts
    ? `${given} ${contact.lastName ?? ''}`
    : (contact.fullName ?? contact.companyName ?? '')
  const written = wordsOf(fold(text))
  if (written.length === 0) return null
  const all = wordsOf(comparableName(text))
  const last = all.length > 1 ? generationOf(all) : null
  const generation = generationOf(wordsOf(fold(contact.nameSuffix ?? ''))) ?? last
  const words = last === null ? all : all.slice(0, -1)
  const firsts = hasParts ? wordsOf(fold(given)) : words.length > 1 ? words.slice(0, 1) : []
  const isLoose = !hasParts && words.length === 1
  const tag = tagged(firsts)
  return {
    written: written.join(' '),
    words: words.map((word) => ({ ...tag(word), isLoose })),
    generation
  }
}

function wordsOf(folded: string): string[] {
  return folded === '' ? [] : foldUmlauts(folded).split(' ').slice(0, MAX_WORDS)
}

/** The text of a word as it is compared. */
function wordOf(text: string): Pick<Word, 'text' | 'isTransliterated'> {
  return { text: transliterate(text), isTransliterated: isTransliterated(text) }
}

/** Each word of the first names is one once: Lee Lee has a last name too. */
function tagged(firsts: readonly string[]): (text: string) => Omit<Word, 'isLoose'> {
  const left = [...firsts]
  return (text) => {
    const at = left.indexOf(text)
    if (at >= 0) left.splice(at, 1)
    return { ...wordOf(text), part: at >= 0 ? 'first' : 'last' }
  }
}

function sorted(written: string): string {
  return written.split(' ').toSorted().join(' ')
}

interface Pair {
  one: Word[]
  other: Word[]
  by: 'word' | 'form' | 'initial'
}

interface Pairing {
  pairs: Pair[]
  /** Words without a counterpart. */
  left: { one: Word[]; other: Word[] }
}

/** Each word beside its counterpart: the same, then the same in two words, a nickname, an initial. */
function pairWords(one: readonly Word[], other: readonly Word[]): Pairing {
  const left = { one: [...one], other: [...other] }
  const pairs: Pair[] = []
  const take = (by: Pair['by'], agree: (x: Word, y: Word) => boolean) => {
    for (const x of [...left.one]) {
      const y = left.other.find((word) => agree(x, word))
      if (!y) continue
      left.one.splice(left.one.indexOf(x), 1)
      left.other.splice(left.other.indexOf(y), 1)
      pairs.push({ one: [x], other: [y], by })
    }
  }
  take('word', (x, y) => x.text === y.text)
  pairs.push(
    ...takeJoined(left.one, left.other).map(({ two, joined, by }) => ({
      one: two,
      other: [joined],
      by
    })),
    ...takeJoined(left.other, left.one).map(({ two, joined, by }) => ({
      one: [joined],
      other: two,
      by
    }))
  )
  take('form', areForms)
  take('form', areSpellings)
  take('initial', isInitial)
  return { pairs, left }
}

/** Takes neighbours that are one word in the other name: Nowak-Kowalska, or José María and Chema. */
function takeJoined(
  words: Word[],
  others: Word[]
): { two: Word[]; joined: Word; by: Pair['by'] }[] {
  const found: { two: Word[]; joined: Word; by: Pair['by'] }[] = []
  for (let at = 0; at + 1 < words.length; at += 1) {
    const [first, second] = words.slice(at, at + 2)
    if (!first || !second) break
    const both: Word = { ...first, text: first.text + second.text }
    const joined = others.find((word) => word.text === both.text || areForms(word, both))
    if (!joined) continue
    words.splice(at, 2)
    others.splice(others.indexOf(joined), 1)
    found.push({
      two: [first, second],
      joined,
      by: joined.text === both.text ? 'word' : 'form'
    })
    at -= 1
  }
  return found
}

/** In a whole name the first name may be the last word, but two last names are no nicknames. */
function areForms(x: Word, y: Word): boolean {
  const isFirst = [x, y].some(({ part, isLoose }) => part === 'first' || isLoose)
  return isFirst && areNameForms(x.text, y.text)
}

/** One of the words was in another script: there are several spellings of it in Latin letters. */
function areSpellings(x: Word, y: Word): boolean {
  return (x.isTransliterated || y.isTransliterated) && spellingKey(x.text) === spellingKey(y.text)
}

function isInitial(x: Word, y: Word): boolean {
  const [short, long] = x.text.length < y.text.length ? [x.text, y.text] : [y.text, x.text]
  return short.length === 1 && long.startsWith(short)
}

/** `isWord`: a name is a single word, which completes no other name. */
function judge({ pairs, left }: Pairing, isWord: boolean): NameComparison {
  const [first, last] = [
    agreementOf('first', { pairs, left }),
    agreementOf('last', { pairs, left })
  ]
  if (left.one.length > 0 && left.other.length > 0) return contradiction(first, last, pairs)
  const isPart = isWord || first === null || last === null
  if (isPart || pairs.every(({ by }) => by === 'initial')) {
    return { verdict: 'unknown', first, last }
  }
  if (first === 'same' && last === 'same') return { verdict: 'same', first, last }
  const isByInitial = pairs.some(({ by }) => by === 'initial')
  return { verdict: isByInitial ? 'initial' : 'variant', first, last }
}

/** How the first names, or the last names, compare: null where a record has none. */
function agreementOf(part: Word['part'], { pairs, left }: Pairing): Agreement | null {
  const isOfPart = (word: Word) => word.part === part
  const [one, other] = [left.one.some(isOfPart), left.other.some(isOfPart)]
  if (one && other) return 'different'
  const paired = pairs.filter((pair) => [...pair.one, ...pair.other].some(isOfPart))
  if (paired.length === 0) return null
  return one || other || paired.some(({ by }) => by !== 'word') ? 'similar' : 'same'
}

/** Both names have words that the other lacks. */
function contradiction(
  first: Agreement | null,
  last: Agreement | null,
  pairs: readonly Pair[]
): NameComparison {
  if (first === 'different') {
    return { verdict: last === 'different' ? 'differ' : 'first-differs', first, last }
  }
  if (last === 'different') return { verdict: 'last-differs', first, last }
  // A first name here and a last name there: with nothing in common they are not comparable.
  if (pairs.length === 0) return { verdict: 'unknown', first, last }
  return { verdict: 'first-differs', first: 'different', last }
}
