import { readChoice } from './choice-synonyms.ts'
import { canonicalMake, makeAtStart } from './makes.ts'
import type { UnmappedValue } from './lead.ts'
import { VEHICLE_CONDITIONS } from './vehicle.ts'
import { LABELLED_MEMBERS, withoutLabels } from './vehicle-labels.ts'
import type { LabelledMember } from './vehicle-labels.ts'
import { bareVin } from './vin.ts'
import type { Vehicle } from './vehicle.ts'

/** A longer text is prose. */
const MAX_LENGTH = 120

const LABEL = String.raw`(?:(?:rok prod\.?|rok|rocznik|r\.|year|my|baujahr|bj\.?|ez|año|ano|modell?jahr)[ :]{0,2})?`
const BEHIND = String.raw`(?: ?r(?:ok|oku)?\.?)?`
const YEAR = String.raw`${LABEL}((?:19[5-9]|20[0-4])\d)${BEHIND}`
const YEAR_FIRST = new RegExp(String.raw`^[([]?${YEAR}[)\]]?(?=[\s,;-])`, 'iu')
const YEARS = new RegExp(String.raw`(?<=^|[\s,;([])${YEAR}(?=$|[\s,;)\]])`, 'giu')

/** Models whose names look like years. */
const NO_YEARS = /^(?:peugeot 2008|bmw 2002|rover 2000)$/i

/**
 * A vehicle whose make, model and year were given as one text: `Toyota Corolla 1.8 Hybrid 2021`. Null: it does not
 * begin with a known make, or has another one; the text then stays where it is.
 */
export function splitVehicle(vehicle: Vehicle): Vehicle | null {
  const text = textOf(vehicle)
  if (text === '' || text.length > MAX_LENGTH) return null
  const start = beginningOf(text)
  const found = makeAtStart(start.rest)
  const make = vehicle.model === null ? null : vehicle.make
  if (!found || (make !== null && keyOf(make) !== keyOf(found.make))) return null
  const described = start.rest.slice(found.length)
  const year = vehicle.year ?? start.year
  const last = yearIn(found.make, described)
  const isLast = last !== null && (year ?? last.year) === last.year
  const model = isLast ? described.replace(last.text, ' ') : described
  return {
    ...vehicle,
    year: year ?? last?.year ?? null,
    make: make ?? found.make,
    model: trimmed(model) || null,
    condition: vehicle.condition ?? start.condition
  }
}

/** The text that may have more than its member: of a make without a model, the make. */
function textOf({ make, model }: Vehicle): string {
  return (model ?? make ?? '').trim()
}

/** Whether a text is a vehicle with a make that is known, and with more than the make. */
export function isVehicleText(text: string): boolean {
  const { rest } = beginningOf(text)
  const found = text.length > MAX_LENGTH || text.includes('?') ? null : makeAtStart(rest)
  return found !== null && trimmed(rest.slice(found.length)) !== ''
}

/** Whether a text is a make that is known, and no more. */
export function isMakeText(text: string): boolean {
  return text.length <= MAX_LENGTH && makeAtStart(text)?.length === text.length
}

/**
 * The vehicles with make, model and year apart, their makes and VINs in one spelling, and values without labels; and
 * the texts as they were given, by their paths; `pathOf` has the path of a member.
 */
export function splitVehicles(
  vehicles: readonly Vehicle[],
  pathOf: (index: number, member: LabelledMember | 'vin') => string
): { vehicles: Vehicle[]; repairs: UnmappedValue[] } {
  const bare = vehicles.map(withoutLabels)
  const spelled = bare.map((vehicle) => withCanonicalMake(withBareVin(vehicle)))
  const split = spelled.map((vehicle) => {
    const read = splitVehicle(vehicle)
    const isSame = read?.model === vehicle.model && read.make === vehicle.make
    return isSame ? null : read
  })
  return {
    vehicles: spelled.map((vehicle, index) => split[index] ?? vehicle),
    repairs: spelled.flatMap((vehicle, index) => {
      const given = bare[index]?.make ?? null
      const vin = vehicles[index]?.vin ?? null
      const told = LABELLED_MEMBERS.flatMap((name): UnmappedValue[] => {
        const text = vehicles[index]?.[name] ?? null
        const isBare = text === null || text === bare[index]?.[name]
        return isBare ? [] : [{ path: pathOf(index, name), text, code: 'surrounding_marks' }]
      })
      if (vin !== null && vin !== vehicle.vin) {
        told.push({ path: pathOf(index, 'vin'), text: vin, code: 'surrounding_marks' })
      }
      if (given !== null && given !== vehicle.make) {
        told.push({ path: pathOf(index, 'make'), text: given, code: 'make_spelling' })
      }
      if (!split[index]) return told
      const member = vehicle.model === null ? 'make' : 'model'
      return [
        ...told,
        { path: pathOf(index, member), text: textOf(vehicle), code: 'split_vehicle' }
      ]
    })
  }
}

function withBareVin(vehicle: Vehicle): Vehicle {
  const vin = vehicle.vin === null ? null : bareVin(vehicle.vin)
  return vin === null ? vehicle : { ...vehicle, vin }
}

function withCanonicalMake(vehicle: Vehicle): Vehicle {
  const { make } = vehicle
  return make === null ? vehicle : { ...vehicle, make: canonicalMake(make) }
}

/** The words for a condition and the year before a make: `Used 2021 Toyota`. */
function beginningOf(text: string): Pick<Vehicle, 'year' | 'condition'> & { rest: string } {
  let rest = text
  let year: number | null = null
  let condition: Vehicle['condition'] = null
  for (let isFound = true; isFound;) {
    const found: string[] = year === null ? (YEAR_FIRST.exec(rest) ?? []) : []
    const [label, digits] = found
    const word: string = /^[\p{L}-]{2,12}(?=\s)/u.exec(rest)?.[0] ?? ''
    const said: Vehicle['condition'] =
      condition === null ? readChoice(word, VEHICLE_CONDITIONS) : null
    isFound = digits !== undefined || said !== null
    if (digits !== undefined) year = Number(digits)
    else condition ??= said
    if (isFound) rest = rest.slice((label ?? word).length).replace(/^[\s,;:-]+/, '')
  }
  return { rest, year, condition }
}

/** The last year of a description, with the words around it. */
function yearIn(make: string, described: string): { year: number; text: string } | null {
  const found = [...described.matchAll(YEARS)].findLast(
    ({ 0: text, index }) =>
      described.slice(0, index).trim() !== '' || !NO_YEARS.test(`${make} ${text.trim()}`)
  )
  return found ? { year: Number(found[1]), text: found[0] } : null
}

function trimmed(text: string): string {
  return text
    .replace(/[([]\s{0,5}[)\]]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ ,;:/|·–-]+/, '')
    .replace(/(?<![ ,;:/|·–-])[ ,;:/|·–-]+$/, '')
}

function keyOf(make: string): string {
  return make
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z\d]/g, '')
}
