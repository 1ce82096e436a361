import { fold } from '../text/fold.ts'

/** How many words of a name are looked at. */
const MAX_WORDS = 6

/**
 * Whether the local part of an e-mail address is made of these words of a name, whole or by their initials:
 * `jkos82` of Jan Kos. One word at least is whole.
 */
export function isComposedOf(local: string, words: readonly string[]): boolean {
  const letters = fold(local).replace(/[^\p{L}]/gu, '')
  const names = words
    .flatMap((word) => fold(word).split(' '))
    .filter((name) => /^\p{L}/u.test(name))
    .slice(0, MAX_WORDS)
  return isMadeOf(letters, names, false)
}

function isMadeOf(letters: string, names: readonly string[], hasWhole: boolean): boolean {
  if (letters === '') return hasWhole
  return names.some((name, at) => {
    const others = names.toSpliced(at, 1)
    const isWhole = name.length > 2 && letters.startsWith(name)
    if (isWhole && isMadeOf(letters.slice(name.length), others, true)) return true
    return letters.startsWith(name.charAt(0)) && isMadeOf(letters.slice(1), others, hasWhole)
  })
}
