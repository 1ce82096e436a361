/** How many letters of a code tell names apart. */
const CODE_LENGTH = 7

/**
 * The code of a folded word in which spellings of one sound agree, by the habits of English, Spanish and Polish
 * (Wasik and Vasik, Garcia and Garsia, Rzepka and Zepka). Surnames of women have the code of men's. A
 * word without Latin letters is its own code.
 */
export function phoneticCode(word: string): string {
  const known = KNOWN.get(word)
  if (known !== undefined) return known
  const code = encode(word)
  if (KNOWN.size >= MAX_KNOWN) KNOWN.clear()
  KNOWN.set(word, code)
  return code
}

/** Codes of the words seen last: the same names come again and again. */
const KNOWN = new Map<string, string>()
const MAX_KNOWN = 20_000

function encode(word: string): string {
  let text = word
  for (const [pattern, letters] of SOUNDS) text = text.replace(pattern, letters)
  const vowelless = text.charAt(0) + text.slice(1).replace(/[aeiou]/g, '')
  const code = vowelless.replace(/(.)\1+/g, '$1').slice(0, CODE_LENGTH)
  return code === '' ? word : code
}

const SOUNDS: readonly [RegExp, string][] = [
  [/[^a-z]/g, ''],
  [/([sc])ka$/, '$1ki'],
  [/sz|sh|sch/g, 's'],
  [/cz|tch|ch(?=[ei])/g, 'c'],
  [/rz|zh|dz/g, 'z'],
  [/c(?=[eiy])|z/g, 's'],
  [/ch/g, 'h'],
  [/ph/g, 'f'],
  [/qu|ck|q|c/g, 'k'],
  [/x/g, 'ks'],
  [/[wv]/g, 'b'],
  [/ll|[yj]/g, 'i'],
  [/h/g, '']
]
