/**
 * Folded text of Cyrillic and Greek in Latin letters, as passports have it. Letters of other scripts stay, and
 * signs without a sound go.
 */
export function transliterate(folded: string): string {
  return folded.replace(
    /[\p{Script=Cyrillic}\p{Script=Greek}]/gu,
    (letter) => LATIN.get(letter) ?? ''
  )
}

/** Whether a text has letters that `transliterate` changes. */
export function isTransliterated(text: string): boolean {
  return /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(text)
}

const LATIN = new Map(
  (
    'а=a б=b в=v г=g ґ=g д=d е=e є=ye ё=e ж=zh з=z и=i і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ' +
    'ў=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ы=y э=e ю=yu я=ya ђ=dj ј=j љ=lj њ=nj ћ=c џ=dz ' +
    'α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o'
  )
    .split(' ')
    .map((pair): [string, string] => [pair.charAt(0), pair.slice(2)])
)

/**
 * A name in Latin letters in the form in which spellings of other countries agree: Sergei, Sergey and
 * Siergiej are one.
 */
export function spellingKey(latin: string): string {
  return SPELLINGS.reduce((text, [pattern, letters]) => text.replace(pattern, letters), latin)
}

const SPELLINGS: readonly [RegExp, string][] = [
  [/shch|szcz|schtsch/g, 'sc'],
  [/sch|sh|sz/g, 's'],
  [/tsch|tch|cz|ch|ts|tz/g, 'c'],
  [/zh|rz/g, 'z'],
  [/kh/g, 'h'],
  [/ph/g, 'f'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/[yj]/g, 'i'],
  [/(.)\1/g, '$1'],
  [/i(?=[aeou])/g, ''],
  [/(?<=[dt])er$/, 'r']
]
