/**
 * Letters beside which no language has these others: a wrong encoding shows in them. The text is the letter
 * between its neighbours, in lower case, with a blank where a word begins or ends.
 */
const FALSE_SHAPES: readonly [pattern: RegExp, penalty: number][] = [
  // `Jenõ` and `Erdõs` are Jenő and Erdős: in Portuguese an e follows.
  [/^.õ[ sz]$/, 3],
  // `Stãnescu` is Stănescu: in Portuguese a vowel follows, or an s.
  [/^.ã[bcdfghjklmnpqrtvxz]$/, 2],
  // `Joăo` is João.
  [/^.ă[oe]$/, 2],
  // `Babiæ` is Babić, and `Ðuro` is Đuro: Icelandic words don't begin so.
  [/^[ie]æ.$/, 3],
  [/^ ð.$/, 3],
  // `Horßk` is Horák: in German a vowel is before.
  [/^[bcdfghjklmnpqrtvwxz]ß.$/, 3],
  // `Miloö` is Miloš.
  [/^[ou]ö.$/, 2],
  // `éeljko` is Željko.
  [/^ [éèêëäáà]e$/, 3],
  // `Gîteborg` and `Bjîrn` are Göteborg and Björn, and `ôberg` is Öberg.
  [/^jî.$|^.îr$/, 3],
  [/^.î $/, 2],
  [/^ ô[^t]$/, 3],
  [/^ è[^r]$/, 3],
  // `Øtefan` is Ștefan, and `Ўгор` is Ігор.
  [/^ øt$/, 3],
  [/^ ў[^м]$/, 3],
  // `Joäo` is João, `Ůukasz` is Łukasz.
  [/^oä[o ]$/, 3],
  [/^ ů[aeiouy]$/, 3],
  // `Œwiêcicki` is Święcicki.
  [/^ œ[wlmr]$/, 3],
  // A mark of Vietnamese stands on a vowel.
  [/^[^aeiouyăâêôơư][\u0300\u0301\u0303\u0309\u0323].$/, 3]
]

const VOWELS = new Set('aeiouyáéíóúüąęö')
const QUOTES = new Set('„“”‘’«»')
const SIGNS = new Set('€£§°–—‚…•™©®·\u00a0½²³')

/** How plausible a letter is between the others of its word. */
export function shapeScore(text: string, at: number): number {
  const [before, letter, after] = [text.charAt(at - 1), text.charAt(at), text.charAt(at + 1)]
  const shape = [before, letter, after].map((one) => (isOfWord(one) ? one : ' ')).join('')
  const found = FALSE_SHAPES.find(([pattern]) => pattern.test(shape.toLowerCase()))
  return shapeOf(before, letter, after) + runOf(text, at) - (found?.[1] ?? 0)
}

function isOfWord(text: string): boolean {
  return isLetter(text) || isVietnameseMark(text)
}

/** A mark that a letter of Vietnamese carries in windows-1258. */
export function isVietnameseMark(letter: string): boolean {
  return /^[\u0300\u0301\u0303\u0309\u0323]$/.test(letter)
}

/** Letters of Polish that stand beside a vowel or another of them: `Jźrgen` is no word. */
const BESIDE_VOWELS = new Set('źżśćń')

/**
 * Words begin with a capital or are all capitals; a letter alone is rare. In Spanish a vowel follows ñ, and in
 * Polish none follows ń.
 */
function shapeOf(before: string, letter: string, after: string): number {
  if (isVietnameseMark(letter)) return 0
  if (!isLetter(letter)) return isLetter('ªº'.includes(letter) ? after : before) ? -3 : 0
  const [last, lower, next] = [before, letter, after].map((one) => one.toLowerCase())
  const isBeforeVowel = VOWELS.has(next ?? '')
  if (lower === 'ñ' && !isBeforeVowel) return -2
  if (lower === 'ń' && isBeforeVowel) return -3
  if (BESIDE_VOWELS.has(lower ?? '') && isConsonant(last) && isConsonant(next)) return -2
  if (!isLetter(before) && !isLetter(after)) return aloneScore(letter)
  const isBroken =
    (isLower(before) && isUpper(letter)) ||
    (isLower(letter) && isUpper(after)) ||
    (isUpper(before) && isUpper(letter) && isLower(after))
  return isBroken ? -5 : 0
}

/** Words of one small letter are usual in Cyrillic; a capital alone is rather a sign of another encoding. */
function aloneScore(letter: string): number {
  if (!OTHER_SCRIPT.test(letter)) return -2
  return isUpper(letter) ? -1.5 : 0
}

/** Letters of other scripts than Latin. */
const OTHER_SCRIPT = /^[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}]$/u
const LATIN = /^\p{Script=Latin}$/u

/** A word is in one script, and no word of Latin letters is of accented ones alone: `Ïåòðîâ` is `Петров`. */
function runOf(text: string, at: number): number {
  const [before, letter, after] = [text.charAt(at - 1), text.charAt(at), text.charAt(at + 1)]
  if (OTHER_SCRIPT.test(letter)) {
    const isFinal = letter === 'ς' && isLetter(after)
    return (LATIN.test(before) || LATIN.test(after) ? -4 : 0) - (isFinal ? 3 : 0)
  }
  const run = text.slice(Math.max(at - LONG_RUN, 0), at)
  const isRun =
    run.length === LONG_RUN && Array.from(run).every((one) => one > '\u007f' && isLetter(one))
  return isRun && isLetter(letter) ? -1.5 : 0
}

/** `żółć` has as many accented letters in a row as words have. */
const LONG_RUN = 4

/** How plausible a sign is where it stands. */
export function signScore(before: string, sign: string, after: string): number {
  if (sign < '\u00a0') return -10
  const isInWord = isLetter(before) && isLetter(after)
  if (QUOTES.has(sign)) return isInWord && sign !== '’' && sign !== '‘' ? -3 : 2
  // An opening quote: old encodings have é in its place.
  if ('‚„'.includes(sign) && isLetter(before)) return -3
  // A paragraph and a copyright stand before words, a trade mark behind them.
  if ('§©'.includes(sign) && isLetter(before)) return -3
  if ('™®'.includes(sign) && !isLetter(before) && isLetter(after)) return -3
  if ('²³'.includes(sign) && isLetter(before) && before !== 'm') return -3
  return SIGNS.has(sign) && !isInWord ? 1 : -3
}

/** A plain one: `wyjść` has two letters of Polish beside each other. */
function isConsonant(text = ''): boolean {
  return /^[b-df-hj-np-tvwxz]$/.test(text)
}

export function isLetter(text: string): boolean {
  return text.toLowerCase() !== text.toUpperCase() || text === 'ß' || (text >= 'א' && text <= 'ת')
}

function isLower(text: string): boolean {
  return isLetter(text) && text === text.toLowerCase()
}

function isUpper(text: string): boolean {
  return isLetter(text) && text === text.toUpperCase() && text !== text.toLowerCase()
}
