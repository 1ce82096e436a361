import ICAL from 'ical.js'

import type { CalendarEntry } from '../domain/calendar/calendar-entry.ts'
import type { Locale } from '../domain/dealers/dealer.ts'
import { inertLine, shorten } from '../mail/inert-text.ts'
import { wantedVehicleNames } from '../mail/sections/lead-sections.ts'
import { ACTIVITY_WORDINGS } from '../wording/activities.ts'

/** The library does not count the space that a folded line begins with; 75 octets are the limit. */
ICAL.foldLength = 74

/** How long an entry takes: activities have a beginning only. */
const MINUTES = 30

/** How often readers are asked to look again. */
const REFRESH = 'PT15M'

const MAX_NAME = 120
/** 2,000 entries with all their text would be too much for a telephone. */
const MAX_TEXT = 1_000

interface CalendarFeed {
  owner: string
  dealer: string
  locale: Locale
  entries: readonly CalendarEntry[]
  /** Where an entry leads; null: nowhere. */
  linkOf: (entry: CalendarEntry) => string | null
}

/** One line of a calendar as jCal (RFC 7265): name, parameters, type, value. */
type Property = [string, Record<string, string>, string, string | number]
type Component = [string, Property[], Component[]]

/**
 * A user's calendar as iCalendar (RFC 5545). Times are in UTC, which every calendar shows in its own
 * zone. The same entries give the same bytes: an entry's stamp is when it was last changed.
 *
 * Made as plain data and written in one go by the library, which escapes and folds: its objects, or
 * another library's, keep the process busy for a second where there are many entries.
 */
export function renderCalendar({ owner, dealer, locale, entries, linkOf }: CalendarFeed): string {
  const name = `${inertLine(owner)}, ${inertLine(dealer)}`
  const calendar: Component = [
    'vcalendar',
    [
      ['version', {}, 'text', '2.0'],
      ['prodid', {}, 'text', `-//Leadyard//Calendar//${locale.toUpperCase()}`],
      ['method', {}, 'text', 'PUBLISH'],
      ['name', {}, 'text', name],
      ['x-wr-calname', {}, 'text', name],
      ['refresh-interval', {}, 'duration', REFRESH],
      ['x-published-ttl', {}, 'unknown', REFRESH]
    ],
    entries.map((entry) => eventOf(entry, { locale, linkOf }))
  ]
  return ICAL.stringify(calendar)
}

function eventOf(
  entry: CalendarEntry,
  { locale, linkOf }: Pick<CalendarFeed, 'locale' | 'linkOf'>
): Component {
  const { id, state, dueAt, version, createdAt, updatedAt } = entry
  const url = linkOf(entry)
  const text = plainText(entry.text ?? '')
  const summary = summaryOf(entry, locale)
  return [
    'vevent',
    [
      ['uid', {}, 'text', id],
      ['sequence', {}, 'integer', version],
      time('dtstamp', updatedAt),
      time('created', createdAt),
      time('last-modified', updatedAt),
      time('dtstart', dueAt),
      time('dtend', new Date(dueAt.getTime() + MINUTES * 60_000)),
      ['summary', {}, 'text', summary],
      ...described([text, url].filter(Boolean).join('\n\n')),
      ...linked(url),
      ['status', {}, 'text', state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'],
      ['transp', {}, 'text', state === 'planned' ? 'OPAQUE' : 'TRANSPARENT']
    ],
    alarmsOf(entry, summary)
  ]
}

function alarmsOf({ state, remindAt }: CalendarEntry, summary: string): Component[] {
  if (remindAt === null || state !== 'planned') return []
  const properties: Property[] = [
    ['action', {}, 'text', 'DISPLAY'],
    time('trigger', remindAt),
    ['description', {}, 'text', summary]
  ]
  return [['valarm', properties, []]]
}

/** The format knows whole seconds. */
function time(name: string, at: Date): Property {
  return [name, {}, 'date-time', `${at.toISOString().slice(0, 19)}Z`]
}

/** "Test drive: Ada Lovelace, 2022 Kia Ceed". The activity's label always comes first. */
function summaryOf({ type, person, vehicles }: CalendarEntry, locale: Locale): string {
  const [vehicle = ''] = wantedVehicleNames({ vehicles })
  const about = [person ?? '', vehicle]
    .map((part) => within(inertLine(part), MAX_NAME))
    .filter((part) => part !== '')
  const word = ACTIVITY_WORDINGS[locale].types[type]
  return about.length === 0 ? word : `${word}: ${about.join(', ')}`
}

function described(text: string): Property[] {
  return text === '' ? [] : [['description', {}, 'text', text]]
}

function linked(url: string | null): Property[] {
  return url === null ? [] : [['url', {}, 'uri', url]]
}

/** Text of a colleague: RFC 5545 allows no control characters but tabs, and breaks as we write them. */
function plainText(text: string): string {
  const clean = text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
  return within(clean, MAX_TEXT).trim()
}

/** Counting as readers do takes its time: only for what may be too long. */
function within(text: string, limit: number): string {
  return text.length <= limit ? text : shorten(text, limit)
}
