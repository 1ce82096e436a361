/**
 * A text or number that a program wrote as an object of its own kind: MongoDB's extended JSON (`{"$date": …}`,
 * `{"$oid": …}`, `{"$timestamp": …}`), a `DateTime` of PHP, a timestamp of Firestore, a date of Parse or Microsoft Graph, or the numbers
 * of a time of Java (`[2026, 11, 20, 15, 45]`). Anything else is returned as it is.
 */
export function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return timeOfNumbers(value) ?? value
  if (typeof value !== 'object' || value === null) return value
  const members = value as Record<string, unknown>
  const names = Object.keys(members)
  if (names.length > MAX_MEMBERS) return value
  const [only = ''] = names
  if (names.length === 1 && only === '$timestamp') return countedSeconds(members[only]) ?? value
  if (names.length === 1 && ALONE.has(only)) return secondsOf(members[only]) ?? value
  if (names.length === 1 && EXTENDED.has(only)) {
    const inner = unwrapped(members[only])
    return isScalar(inner) ? inner : value
  }
  return timeOf(members, names) ?? value
}

const MAX_MEMBERS = 4

const EXTENDED = new Set(
  '$date $oid $numberLong $numberInt $numberDouble $numberDecimal $uuid $symbol'.split(' ')
)

/** The members that hold a time and what belongs to it, by their names in the order of the alphabet. */
const TIMES: ReadonlyMap<string, readonly [time: string, beside: string | null]> = new Map([
  ['date timezone timezone_type', ['date', 'timezone']],
  ['dateTime timeZone', ['dateTime', 'timeZone']],
  ['__type iso', ['iso', null]]
])

/** Seconds since 1970 without parts of one. Others are lengths of time as well. */
const ALONE = new Set(['_seconds', 'epochSecond'])

/** Seconds since 1970, and the parts of one beside them: so many digits. */
const SECONDS: readonly [seconds: string, parts: string, digits: number][] = [
  ['_seconds', '_nanoseconds', 9],
  ['seconds', 'nanoseconds', 9],
  ['seconds', 'nanos', 9],
  ['epochSecond', 'nano', 9],
  ['sec', 'nsec', 9],
  ['sec', 'usec', 6],
  ['tv_sec', 'tv_nsec', 9],
  ['tv_sec', 'tv_usec', 6]
]

/** The seconds of a timestamp of MongoDB: `{"t": 1764000000, "i": 1}`, where `i` counts what happened in one. */
function countedSeconds(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 't' in value ? secondsOf(value.t) : null
}

function secondsOf(value: unknown): string | null {
  const seconds = unwrapped(value)
  return /^\d{10}$/.test(String(seconds)) ? String(seconds) : null
}

/** The time as one text; null: the members are another thing. */
function timeOf(members: Record<string, unknown>, names: readonly string[]): string | null {
  const [time, beside] = TIMES.get(names.toSorted().join(' ')) ?? []
  if (time !== undefined) {
    const texts = [
      members[time],
      ...(beside === null || beside === undefined ? [] : [members[beside]])
    ]
    return texts.every((text) => typeof text === 'string') ? texts.join(' ').trim() : null
  }
  const found = SECONDS.find(
    ([whole, part]) => names.length === 2 && names.includes(whole) && names.includes(part)
  )
  if (found === undefined) return null
  const [whole, part, digits] = found
  const [seconds, parts] = [members[whole], members[part]].map((one) => Number(unwrapped(one)))
  if (!Number.isInteger(seconds) || !Number.isInteger(parts)) return null
  return `${seconds}.${String(parts).padStart(digits, '0')}`
}

/** Year, month, day, hour and minute, and the second and nanoseconds, where they are not zero. */
function timeOfNumbers(list: readonly unknown[]): string | null {
  if (list.length < 5 || list.length > 7 || !list.every((one) => Number.isInteger(one))) return null
  const numbers = list.map(Number)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, nanoseconds = 0] = numbers
  const isTime = year > 1949 && year < 2100 && month > 0 && month < 13 && day > 0 && day < 32
  if (!isTime || !numbers.every((one) => one >= 0)) return null
  const date = [year, month, day].map(twoDigits).join('-')
  const clock = [hour, minute, second].map(twoDigits).join(':')
  return `${date} ${clock}.${String(nanoseconds).padStart(9, '0')}`
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

/** Longer texts are no single value. */
const MAX_LENGTH = 200

/** As `unwrapped`, of a text: JSON of such an object, or a call such as `ISODate("…")` and `new Date(…)`. */
export function unwrappedText(text: string): string {
  const plain = text.trim()
  if (plain.length > MAX_LENGTH) return text
  if (/^[{[]/.test(plain)) {
    const value = unwrapped(parsed(plain))
    return isScalar(value) ? String(value) : text
  }
  return CALL.exec(plain)?.[1] ?? TIMESTAMP.exec(plain)?.[1] ?? text
}

/** As the shell of MongoDB writes it, with what happened in the second counted. */
const TIMESTAMP = /^Timestamp\((?:\{ ?t: ?)?(\d{10}), ?(?:i: ?)?\d{1,10}(?: ?\})?\)$/

const CALL = /^(?:ISODate|new Date|Date|NumberLong|ObjectId)\(["']?([^"'()]{1,60})["']?\)$/

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
