/**
 * Text in the form names are compared in: without case, accents, punctuation and double blanks.
 * Letters that Unicode does not decompose (ł, ß, ø, đ) are spelled out.
 *
 * Only the scripts of `ACCENTED` have accents. In others a mark is a letter: the vowel signs of
 * Devanagari tell Kiran from Karan, and the voicing marks of kana tell か from が.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(INVISIBLE, '')
    .replace(ACCENTED, '$1')
    .toLowerCase()
    .replace(/[łßøđæœıþð]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
    .replace(BETWEEN_WORDS, ' ')
    .trim()
    .normalize('NFC')
}

/** The folded text without blanks: `FirstName`, `first_name` and `First name` are one. */
export function squeeze(text: string): string {
  return fold(text).replaceAll(' ', '')
}

/**
 * Folded text in which an umlaut and its spelling without one agree: `mueller` becomes `muller`, as
 * Müller does, and `aagaard` becomes `agard`, as Ågård does. At the end of a word there is no such spelling of
 * an umlaut: Joe is not Jo.
 */
export function foldUmlauts(folded: string): string {
  return folded.replace(/aa/g, 'a').replace(/([aou])e(?=\p{L})/gu, '$1')
}

/** Direction marks, soft hyphens and joiners: they also stand inside words. */
const INVISIBLE = /\p{Cf}/gu

/** Accents, and the points of Hebrew and Arabic, which are optional in writing. */
const ACCENTED =
  /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}])\p{M}+/gu

/**
 * All but letters, their marks and digits; ´ is a blank with a mark by then. U+02B9 to U+02BF are
 * letters to Unicode, and apostrophes in names.
 */
const BETWEEN_WORDS = /(?:[^\p{L}\p{M}\p{N}]\p{M}*|[\u02b9-\u02bf])+/gu

const UNDECOMPOSED: Record<string, string> = {
  ł: 'l',
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ð: 'd'
}
