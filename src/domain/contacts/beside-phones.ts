/** A number without the hours or the second ending beside it. */
export interface PhoneBeside {
  number: string
  /** Whether this is the better reading also where the digits together are a number. */
  isSure: boolean
}

const HOURS = String.raw`\d{1,2}(?:[:.]\d\d)? ?- ?\d{1,2}(?:[:.]\d\d)?`
const HOURS_BEFORE = new RegExp(String.raw`^\(?(${HOURS})\)?[ :,]{1,3}(?=[+(\d])`)
const HOURS_BEHIND = new RegExp(String.raw`(?:(?<= )|\()(${HOURS})\)?$`)
const WHOLE_HOURS = new RegExp(`^(?:${HOURS})$`)
/** `22 1234567-69` and `0711 123456 / 78` are two numbers that differ in their last digits. */
const SECOND_ENDING = /^(.*\d)( ?[-/,] ?)(\d{1,3})$/
const GROUPED_BY_MARKS = /^\+?\d{1,4}(?:([,_])\d{2,4})(?:\1\d{2,4}){1,4}$/
const MIN_BEFORE_ENDING = 9

/** The numbers that are left without what may stand beside them, the likeliest first. */
export function withoutBeside(text: string): PhoneBeside[] {
  if (GROUPED_BY_MARKS.test(text)) return [{ number: text.replace(/[,_]/g, ' '), isSure: true }]
  const [before = '', first = ''] = HOURS_BEFORE.exec(text) ?? []
  if (isHours(first)) return [{ number: text.slice(before.length), isSure: true }]
  const behind = HOURS_BEHIND.exec(text)
  const isBracketed = behind?.[0].startsWith('(') === true
  const second = secondEnding(text)
  return [
    ...(behind !== null && isHours(behind[1] ?? '', isBracketed)
      ? [{ number: text.slice(0, behind.index), isSure: true }]
      : []),
    // A hyphen before an extension, which is dialled in Germany, has no blanks.
    ...(second === null
      ? []
      : [{ number: second.number, isSure: second.mark.trim() !== '-' && second.mark !== '/' }])
  ]
}

/** The last digits of a second number behind the first one, and the mark between them; null: there are none. */
export function secondEnding(
  text: string
): { number: string; mark: string; ending: string } | null {
  const [, number = '', mark = '', ending = ''] = SECOND_ENDING.exec(text) ?? []
  if (number.replace(/\D/g, '').length < MIN_BEFORE_ENDING) return null
  // Behind the mark that groups the number, or alone behind a hyphen, it is a digit too many.
  const isGroup = number.includes(mark.trim()) || (mark === '-' && ending.length === 1)
  return isGroup ? null : { number, mark, ending }
}

const CLOCK = String.raw`(?<![\d:.])(?:[01]?\d|2[0-4])(?::[0-5]\d){1,2}(?![\d:])`
const CLOCK_OF_DOTS = String.raw`(?<= )(?:[01]?\d|2[0-4])\.(?:00|15|30|45)(?![\d.])`
const HOUR = String.raw`(?<![\d:.])(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?`
const UNIT = String.raw`(?:[ap]\.?m\b\.?|uhr\b|hrs?\b|h\b|godz\b\.?|o'clock\b)`
const WORDS =
  'po|od|do|o|ok|ca|h|g|przed|godz|godzinie|between|after|from|until|till|before|at|ab|nach|bis|um|von|zwischen|' +
  'hasta|desde|de|antes|despues|a|las|la'
const BEFORE = String.raw`(?:(?<!\p{L})(?:${WORDS})\.? ){1,3}`
const TIMES = new RegExp(
  [
    // `17:00`, `od 9:00`, `5:30 pm`
    `(?:${BEFORE})?(?:${CLOCK}|${CLOCK_OF_DOTS})(?: ?${UNIT})?`,
    // `5 pm`, `po 17 h`
    `(?:${BEFORE})?(?:${HOUR} ?- ?)?${HOUR} ?${UNIT}`,
    // `po 17`, `od 9 do 17`, with no digits behind that may belong to it
    `${BEFORE}${HOUR}(?![\\d:.]| ?[-/.]? ?\\d)`
  ].join('|'),
  'giu'
)

/** The text without times of day, which people write beside a number: `601 234 567 po 17:00`. */
export function withoutTimes(text: string): string {
  if (!/\d/.test(text)) return text
  return text
    .replace(TIMES, ' ')
    .replace(/ [-] (?= |$)/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** Whether a text says hours of a day: `8-16`, `9:00-17:30`; `isTwelve`: also `9-5`. */
export function isHours(text: string, isTwelve = false): boolean {
  if (!WHOLE_HOURS.test(text)) return false
  const [from = 0, to = 0] = text.split('-').map((time) => Number.parseInt(time, 10))
  return (from < to && to <= 24) || (isTwelve && from !== to && from <= 12 && to <= 12)
}

/** Whether an hour follows the word, and no number: `po 16`. */
export function isBeforeHours(word: string): boolean {
  return BEFORE_HOURS.has(word.toLowerCase())
}

const BEFORE_HOURS: ReadonlySet<string> = new Set(
  'po od do o przed after from until till before at ab nach bis um von las la'.split(' ')
)

const RUN = String.raw`\(?\+?[\d(][\d ()./-]{6,25}\d`
const COUNT = new RegExp(String.raw`(?<![\p{L}\d])(${RUN}) (\d{1,2})(?= (\p{L}{2,20}))`, 'gu')
const YEAR = String.raw`(?:19[5-9]\d|20[0-4]\d)(?:r\.?)?`
const YEAR_BEFORE = new RegExp(
  String.raw`(?<!\p{L}|[\d/.+-] ?)${YEAR} (?=(${RUN})(?![\p{L}\d]))`,
  'gu'
)
const YEAR_BEHIND = new RegExp(
  String.raw`(?<![\p{L}\d])(${RUN}) ${YEAR}(?![\p{L}\d.:/-]| \d)`,
  'gu'
)

/**
 * The text without the counts and years beside its numbers: `601 234 567 2 auta`, `2019 601 234 567`. `isNumber` is
 * whether digits are a whole number of a country: what is left must be one.
 */
export function withoutCounts(
  text: string,
  isNumber: (text: string) => boolean,
  isLabel: (word: string) => boolean
): string {
  if (!/\d [\d(+]/.test(text)) return text
  const isApart = (number: string, digits: string) =>
    isNumber(number) && (/\d{3}$/.test(number) || !isNumber(`${number} ${digits}`))
  return text
    .replace(COUNT, (all: string, number: string, count: string, word: string) =>
      !isLabel(word) && !isSeparator(word) && isApart(number, count) ? number : all
    )
    .replace(YEAR_BEFORE, (all: string, number: string) => (isNumber(number) ? '' : all))
    .replace(YEAR_BEHIND, (all: string, number: string) =>
      isNumber(number) && (/\d{5}$/.test(number) || !isNumber(all)) ? number : all
    )
}

function isSeparator(word: string): boolean {
  return /^(?:or|and|lub|albo|oraz|oder|und)$/i.test(word)
}
