import { plainDigits } from '../text/clean-text.ts'

/**
 * A day or time in plain characters and the usual signs, where it is written in a rarer way: with digits and
 * dashes of other scripts, in the quotes of a spreadsheet, behind a word that introduces it, run together, with
 * points or an `h` in its clock, or with a zone said twice. It is asked for only where a text can't be read as it is.
 */
export function mendedTime(text: string): string {
  const plain = plainDigits(text)
    .normalize('NFKC')
    .replace(/[\p{Cf}"“”„'‘’]/gu, '')
    .replace(/[\p{Pd}\u2212\u2043\u30fc]/gu, '-')
    .replace(/[\u2044\u2215]/g, '/')
    .replace(/[\u2236\ua789]/g, ':')
    .replace(/^=/, '')
  return STEPS.reduce((read, [found, meant]) => read.replace(found, meant), plain)
    .replace(/\s+/g, ' ')
    .trim()
}

/** In their order: a later one finds what those before it have written. */
const STEPS: readonly [found: RegExp, meant: string][] = [
  // `2026年11月20日 15時45分`
  [/(\d)\s?[年년]\s?(?=\d)/u, '$1-'],
  [/(\d)\s?[月월]\s?(?=\d)/u, '$1-'],
  [/(\d)\s?[日号號일]/u, '$1 '],
  [
    /\(?[月火水木金土日월화수목금토일]\)|[星期週周禮拜]{2}[一二三四五六日]|[月火水木金土日월화수목금토일]曜日|[월화수목금토일]요일/u,
    ' '
  ],
  [/(\d)\s?[時时點点시]\s?(?=\d)/u, '$1:'],
  [/(\d)\s?[時时點点시]/u, '$1:00'],
  [/(\d)\s?[分분]\s?(?=\d)/u, '$1:'],
  [/(\d)\s?[分秒분초]/u, '$1'],
  [/(?:上午|午前|오전)\s?(\d{1,2}:\d\d(?::\d\d)?)/u, '$1 AM'],
  [/(?:下午|午後|오후)\s?(\d{1,2}:\d\d(?::\d\d)?)/u, '$1 PM'],
  // `20261120154500`, `202611201545`
  [/^((?:19|20)\d{12})(\d{1,9})(?=$|Z|[+ -])/i, '$1.$2'],
  [
    /^((?:19|20)\d\d)(\d\d)(\d\d)[T _-]?(\d\d)(\d\d)(\d\d)((?:[.,]\d{1,9})?)(?=$|Z|[+ -])/i,
    '$1-$2-$3 $4:$5:$6$7'
  ],
  [/^((?:19|20)\d\d)(\d\d)(\d\d)[T _-]?(\d\d)(\d\d)(?=$|Z|[+ -])/i, '$1-$2-$3 $4:$5'],
  // `20-NOV-26 03.45.00.000000 PM` of Oracle.
  [
    /^(\d{1,2})-([A-Za-z]{3})-(\d\d) (\d\d)\.(\d\d)\.(\d\d)((?:[.,]\d{1,9})?)(?: ?([AP]M))?/i,
    '$1 $2 20$3 $4:$5:$6$7 $8'
  ],
  // `2026-11-20_15-45-00`
  [/^(\d{4}-\d\d-\d\d)[T _](\d\d)-(\d\d)-(\d\d)(?=$|Z)/i, '$1 $2:$3:$4'],
  [/^(\d{4}-\d\d-\d\d)[T _](\d\d)-(\d\d)(?=$|Z)/i, '$1 $2:$3'],
  // `Date: 20.11.2026`
  [/^\p{L}{2,12}:\s?/u, ''],
  [/(?<=\d)_(?=\d)|[|;@]|\s-\s/g, ' '],
  // `+01:00[Europe/Warsaw]`, `GMT +1`, `+0100 CET`
  [/\[u-[^\]]{0,20}\]/gi, ''],
  [/\[([^[\]]{1,40})\]/g, ' $1'],
  [/\b(?:UTC|GMT) ?(?<sign>[+-])(?<hour>\d)(?![\d:])/i, '$<sign>0$<hour>:00'],
  [/\b(?:UTC|GMT) ?(?<sign>[+-])(?<hour>\d):(?<minute>\d\d)/i, '$<sign>0$<hour>:$<minute>'],
  [/\b(?:UTC|GMT) ?([+-])(\d\d)/i, '$1$2'],
  [/(\d\s?)([+-]\d\d:?\d\d|Z) (?:[A-Z]{2,5}|[A-Z][A-Za-z]+(?:\/[A-Z][\w+-]{1,30}){1,2})$/i, '$1$2'],
  // `2026-03-01T10:00:00 02:00`: in a form that is not escaped, the plus of the offset stands for a blank.
  [/(\d:\d\d:\d\d(?:[.,]\d{1,9})?)(?: GMT| UTC)? (0\d|1[0-4]):?([03]0|45)(?=$| \()/i, '$1+$2:$3'],
  [/^(\d{4}-\d\d-\d\dT\d\d:\d\d) (0\d|1[0-4]):?([03]0|45)$/i, '$1+$2:$3'],
  // `15h45`, `15 Uhr`, `15.45`
  [/(?<![\d:.])(\d{1,2}) ?(?:h|uhr|hrs?)\.? ?(\d\d)(?!\d)/i, '$1:$2'],
  [/(?<![\d:.])(\d{1,2}) ?(?:h|uhr|hrs?|hs)\b\.?/i, '$1:00'],
  [/(\d) ?hs\b\.?$/i, '$1'],
  [
    /(?<=\d{4}[T ,]{1,2}|[./-]\d{1,2}[T ,]{1,2}|\b(?:um|godz|o|las|at|kl|ore|alle)\.? )(\d{1,2})\.(\d\d)(?=$| |\.\d\d(?:$| ))/i,
    '$1:$2'
  ],
  [/(\d:\d\d)\.(\d\d)(?=$| )/, '$1:$2']
]
