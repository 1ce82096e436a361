/** A time of day as it is written; `24:00` is the end of the day. */
export interface WrittenClock {
  hour: number
  minute: number
  second: number
  millisecond: number
  /** Minutes ahead of UTC; null: the text names no zone. */
  offset: number | null
  /** The IANA name of its zone, where the text names one and no offset. */
  zone: string | null
}

/** The zones that exports of programs name, in minutes (RFC 2822 for those of America). */
const ZONE_MINUTES: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  MEZ: 60,
  CEST: 120,
  MESZ: 120,
  EET: 120,
  EEST: 180
}

const ZONE = /^(?:(?:UTC|GMT) ?)?([+-])(\d\d):?(\d\d)?$/i
const TIME = /(?<![\d:])(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?/
const BARE_HOUR = /(?<![\d:./-])(\d{1,2}) ?(?=[ap]\.? ?m\b)/i

/**
 * Takes the time of day out of a text without double blanks; `rest` is the day. `clock` is null where
 * there is none, and `wrong` for one such as `25:00`.
 */
export function clockOf(text: string): { clock: WrittenClock | 'wrong' | null; rest: string } {
  const found = TIME.exec(text) ?? BARE_HOUR.exec(text)
  if (!found) return { clock: null, rest: text }
  const [whole, hour = '', minute = '0', second = '0', fraction = '0'] = found
  const before = text.slice(0, found.index).replace(/T$/i, '')
  const after = text.slice(found.index + whole.length).trim()
  const half = /^([ap])(?:\.? ?m\b\.?|\b)/i.exec(after)
  const { offset, zone, rest } = zoneOf(after.slice(half?.[0].length ?? 0).trim())
  const clock = {
    hour: hourOf(Number(hour), half?.[1]?.toLowerCase()),
    minute: Number(minute),
    second: withoutLeap(Number(second)),
    millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)),
    offset,
    zone
  }
  const isWrong = clock.minute > 59 || clock.second > 59 || (clock.hour > 23 && !isEndOfDay(clock))
  return { clock: isWrong ? 'wrong' : clock, rest: `${before} ${rest}`.trim() }
}

/** A second that UTC inserts, as the one before it: days of programs have none. */
export function withoutLeap(second: number): number {
  return second === 60 ? 59 : second
}

/** `24:00`: the midnight at the end of the day (ISO 8601). */
export function isEndOfDay({ hour, minute, second, millisecond }: WrittenClock): boolean {
  return hour === 24 && minute === 0 && second === 0 && millisecond === 0
}

/** The hour as it is written, or from 0 to 23 in halves of the day; 99: there is none such. `half` is `a` or `p`. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  if (half === 'p') return hour < 12 ? hour + 12 : hour === 24 ? 99 : hour
  if (hour > 12) return 99
  return hour === 12 ? 0 : hour
}

/** The zone at the beginning of what follows a time: `+01:00`, `GMT+0100 (CET)`, `Uhr`, `EST`, `Europe/Madrid`. */
function zoneOf(after: string): Pick<WrittenClock, 'offset' | 'zone'> & { rest: string } {
  const text = after
    .replace(/\([^()]*\)$/, '')
    .replace(/^(?:uhr|hrs?|h)\b\.?/i, '')
    .trim()
  const [first = ''] = text.split(' ')
  const numbers = ZONE.exec(first)
  if (numbers) {
    const [, sign, hours = '0', minutes = '0'] = numbers
    const size = Number(hours) * 60 + Number(minutes)
    return { offset: sign === '-' ? -size : size, zone: null, rest: text.slice(first.length) }
  }
  const named = ZONE_MINUTES[first.toUpperCase()]
  if (named !== undefined) return { offset: named, zone: null, rest: text.slice(first.length) }
  if (!isZoneName(first)) return { offset: null, zone: null, rest: text }
  return { offset: null, zone: first, rest: text.slice(first.length) }
}

/** `America/New_York`; offsets and short names are no names of places. */
function isZoneName(text: string): boolean {
  if (!/^[A-Z][A-Za-z]{1,14}(?:\/[A-Z][A-Za-z_-]{1,30}){1,2}$/.test(text)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
