import {
  isBareAmount,
  isPriceAmount,
  readMoney,
  readOdometer
} from '../../domain/leads/written-values.ts'
import { distanceUnitOf } from '../../domain/leads/distance-unit.ts'
import type { ReadingDealer } from '../../domain/leads/reading-dealer.ts'
import { consentList } from './consent-list.ts'
import { contactShape, phoneShape } from './contact-shapes.ts'
import { isObject } from './is-object.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Keep, Move } from './keep.ts'

/**
 * Reads what is posted in place of an object, and an object that needs its members together. `keep` takes
 * what the object has no place for, by the pointer below the object.
 */
export type ReadObject = (value: unknown, dealer: ReadingDealer, keep: Keep, move: Move) => unknown

/** A longer text is no amount and no distance. */
const MAX_LENGTH = 60

/** The reader for the objects of a schema, or null: they are read member by member. */
export function objectReader({ $id }: JsonSchema): ReadObject | null {
  return READERS.get($id ?? '') ?? null
}

/** Reads what is posted in place of a list, and is none. */
export type ReadList = (value: unknown, keep: Keep) => unknown

/** The reader for the lists of these items, or null: a value that is no list is the only item. */
export function listReader({ $id }: JsonSchema): ReadList | null {
  return $id === 'ConsentInput' ? consentList : null
}

const READERS: ReadonlyMap<string, ReadObject> = new Map<string, ReadObject>([
  ['CreateLead', (value, _dealer, _keep, move) => directedLead(value, move)],
  ['Money', readAmount],
  ['PriceInput', readVehiclePrice],
  ['FinanceAmountInput', readPrice],
  ['FinanceBalanceInput', readPrice],
  ['OdometerInput', readDistance],
  ['AddressInput', (value) => (typeof value === 'string' ? { street: value } : value)],
  ['ContactInput', (value, _dealer, keep, move) => contactShape(value, keep, move)],
  ['PhoneInput', (value, _dealer, keep) => phoneShape(value, keep)],
  ['VehicleInput', (value) => (typeof value === 'string' ? { model: value } : value)],
  ['TimeframeInput', (value) => (typeof value === 'string' ? { description: value } : value)]
])

/** The assignee as assignments name it (`assigneeId`), and as responses show it: an object with an id. */
function directedLead(value: unknown, move: Move): unknown {
  if (!isObject(value)) return value
  const { assigneeId, ...lead } = value
  const isNamed = isObject(lead.assignee) || (lead.assignee ?? '') !== ''
  if (assigneeId !== undefined && isNamed) return value
  if (assigneeId !== undefined) move('/assignee', '/assigneeId')
  const given = assigneeId ?? lead.assignee
  const word = isObject(given) ? (given.id ?? given.email ?? given) : given
  return word === undefined ? value : { ...lead, assignee: word }
}

/** An amount without a currency is in that of the dealer. */
function readAmount(value: unknown, { currency }: ReadingDealer): unknown {
  const given = isObject(value) ? value : { amount: value }
  const text = shortText(given.amount)
  if (text === null) return value
  const said = shortText(given.currency)
  const money = readMoney(text, said ?? currency)
  const isPlain = money !== null && (said === null || money.currency === said)
  return isPlain ? { ...given, ...money } : given
}

/** As an amount; that a currency is the dealer's is said, so that it is not passed on as given. */
function readPrice(value: unknown, dealer: ReadingDealer): unknown {
  const read = readAmount(value, dealer)
  const [amount, said] = isObject(value) ? [value.amount, value.currency] : [value, null]
  const isAlone = isBareAmount(shortText(amount) ?? '', dealer.currency) && shortText(said) === null
  const isRead = isObject(read) && typeof read.currency === 'string'
  return isAlone && isRead ? { ...read, currencyAssumed: true } : read
}

/** An amount below zero is no price: its text is kept as one that can't be read. */
function readVehiclePrice(value: unknown, dealer: ReadingDealer): unknown {
  const read = readPrice(value, dealer)
  if (!isObject(read) || typeof read.amount !== 'string') return read
  return isPriceAmount(read.amount, read.delta) ? read : read.amount
}

/** A distance without a unit is in that of the dealer's country. */
function readDistance(value: unknown, { country }: ReadingDealer): unknown {
  const given = isObject(value) ? value : { value }
  const text = shortText(given.value)
  if (text === null) return value
  const said = shortText(given.unit)
  const reading = { unit: distanceUnitOf(country), country }
  // A unit may have a multiple: `120` and `tys. km`.
  const whole = said !== null && !/\p{L}/u.test(text) ? `${text} ${said}` : text
  const read = readOdometer(whole, reading)
  if (read)
    return { ...given, value: read.value, unit: whole === text ? (said ?? read.unit) : read.unit }
  const bare = readOdometer(text, reading)
  return bare ? { ...given, value: bare.value, unit: said ?? bare.unit } : given
}

/** A text or number that says something, as text; null: it says nothing, or has another form. */
function shortText(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  const isShort = typeof value === 'string' && value.length <= MAX_LENGTH && value.trim() !== ''
  return isShort ? value.trim() : null
}
