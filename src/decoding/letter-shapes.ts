/**
 * Letters beside which no language has these others: a wrong encoding shows in them. The text is the letter
 * between its neighbours, in lower case, with a blank where a word begins or ends.
 */
const FALSE_SHAPES: readonly [pattern: RegExp, penalty: number][] = [
  // `Jenõ` and `Erdõs` are Jenő and Erdős: in Portuguese an e follows.
  [/^.õ[ sz]$/, 3],
  // `Stãnescu` is Stănescu: in Portuguese a vowel follows, or an s.
  [/^.ã[bcdfghjklmnpqrtvxz]$/, 2],
  // `Babiæ` is Babić, and `Ðuro` is Đuro: Icelandic words don't begin so.
  [/^[ie]æ.$/, 3],
  [/^ ð.$/, 3],
  // `Horßk` is Horák: in German a vowel is before.
  [/^[bcdfghjklmnpqrtvwxz]ß.$/, 3],
  // `Miloö` is Miloš.
  [/^[ou]ö.$/, 2],
  // `éeljko` is Željko.
  [/^ [éèêëäáà]e$/, 3],
  // `Œwiêcicki` is Święcicki.
  [/^ œ[wlmr]$/, 3],
  // A mark of Vietnamese stands on a vowel.
  [/^[^aeiouyăâêôơư][\u0300\u0301\u0303\u0309\u0323].$/, 3]
]

/** How implausible a letter is between its neighbours, of which a blank is none. */
export function falseShape(before: string, letter: string, after: string): number {
  const shape = `${before}${letter}${after}`.toLowerCase()
  return FALSE_SHAPES.find(([pattern]) => pattern.test(shape))?.[1] ?? 0
}

/** A mark that a letter of Vietnamese carries in windows-1258. */
export function isVietnameseMark(letter: string): boolean {
  return /^[\u0300\u0301\u0303\u0309\u0323]$/.test(letter)
}
