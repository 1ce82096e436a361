import type { DateOrder } from '../clock/written-time.ts'
import { joinTime, timeOfDay } from '../clock/time-of-day.ts'
import { isAbsentValue } from '../text/absent-values.ts'
import { fold, squeeze } from '../text/fold.ts'
import type { LeadField } from '../leads/lead-field.ts'
import type { ImportColumn, StoredRow } from './import.ts'
import { REQUEST_TIME } from './import-fields.ts'

const DAY = 'submittedAt'

const TIME = new Set(
  (
    'time hour godz godzina czas hora uhrzeit zeit zeitpunkt eingangszeit anfragezeit erstellzeit heure ora orario cas ' +
    'tijd время час saat ido'
  ).split(' ')
)

/** Words around it; others make it the time of something else, such as the best time to call. */
const AROUND = new Set(
  (
    'lead leads request requested received created create creation submitted submit submission sent enquiry inquiry ' +
    'entry of the de del la do zgloszenia zgl wplywu utworzenia przyjecia otrzymania wyslania leada zapytania solicitud ' +
    'alta creacion envio entrada recepcion anfrage der des eingang eingangs demande richiesta della'
  ).split(' ')
)

/** The column with the time of day beside one with the day: the name says so, and the values. */
export function requestTimeColumn(
  columns: readonly ImportColumn[],
  fieldOf: (squeezed: string) => string | undefined
): ImportColumn | undefined {
  const found = columns.find(({ name, samples }) => isNamedTime(name) && areTimes(samples))
  const hasDay = columns.some((one) => one !== found && fieldOf(squeeze(one.name)) === DAY)
  return hasDay ? found : undefined
}

function areTimes(samples: readonly string[]): boolean {
  const given = samples.filter((text) => !isAbsentValue(text))
  return given.length > 0 && given.every((text) => timeOfDay(text) !== null)
}

function isNamedTime(name: string): boolean {
  const words = fold(name.slice(0, 80).replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')).split(' ')
  const rest = words.filter((word) => !AROUND.has(word))
  return rest.length === 1 && TIME.has(rest[0] ?? '')
}

type Named = Pick<LeadField, 'path'>

/** The day of a row's request with its time, as the text of the day's cell; null: one of them is none. */
export function requestTimeOf(
  cells: readonly { place: number; field: Named; dateOrder: DateOrder | null }[],
  row: StoredRow
): string | null {
  const day = cells.find(({ field }) => field.path === DAY)
  const time = cells.find(({ field }) => field.path === REQUEST_TIME)
  if (!day || !time) return null
  return joinTime(row.cells[day.place] ?? '', row.cells[time.place] ?? '', day.dateOrder)
}

/** The text that is read for a cell: its own, or of a day the day and its time. */
export function textOfCell({ path }: Named, text: string, joined: string | null): string {
  return path === DAY && joined !== null ? joined : text
}
