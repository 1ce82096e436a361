import { setOwn } from '../domain/text/set-own.ts'
import { contactShape } from '../schemas/lenient/contact-shapes.ts'
import { isObject } from '../schemas/lenient/is-object.ts'
import { readProse } from '../schemas/lenient/prose.ts'
import { isIdentifier, partsOf } from './form-words.ts'
import { jsonFields } from './json-form.ts'

/**
 * A line of a list as the same JSON is read where it is posted: answers of a form by their questions, a contact
 * in any of the shapes that a posted one has, amounts with their currency.
 */
export function shapeRow(line: object): object {
  const [held] = Object.entries(line).length === 1 ? (Object.values(line) as unknown[]) : []
  const given = isObject(held) && isObject(held.contact) ? held : (line as Record<string, unknown>)
  if (given.contact !== undefined || Object.hasOwn(given, 'vehicles')) return shapeLead(given)
  const fields = jsonFields(given)
  const isForm = fields.some(
    ({ within = [], labels = [] }) =>
      labels.length > 0 || within.some((part) => !/^\d+$/.test(part))
  )
  if (!isForm) return withUnits(given) as object
  const row: Record<string, unknown> = {}
  for (const { name, labels = [], text } of fields) {
    const called = isIdentifier(name)
      ? (labels.find((label) => !isIdentifier(label)) ?? name)
      : name
    const column = partsOf(called).join('.') || called
    const before = Object.hasOwn(row, column) ? row[column] : undefined
    setOwn(row, column, typeof before === 'string' && before !== text ? `${before}, ${text}` : text)
  }
  return row
}

function shapeLead(given: Record<string, unknown>): object {
  const beside: Record<string, unknown> = {}
  const contact = contactShape(
    given.contact,
    (pointer, value) => {
      setOwn(beside, `contact${pointer.replaceAll('/', '.')}`, value)
    },
    () => {
      // A column is called by what it is.
    }
  )
  const members = { ...given, ...beside, contact: filled(contact) }
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => {
      const read = shapeMember(name, value)
      return read === undefined ? [] : [[name, withUnits(read)]]
    })
  )
}

/** Without members that have no value: each would be a column. */
function filled(contact: unknown): unknown {
  if (!isObject(contact)) return contact
  return Object.fromEntries(
    Object.entries(contact).filter(
      ([, value]) => (value ?? null) !== null && !(Array.isArray(value) && value.length === 0)
    )
  )
}

function shapeMember(name: string, value: unknown): unknown {
  if (name === 'message') return readProse(value)
  if (name !== 'vehicles' && name !== 'vehicleInterests') return value
  const list = Array.isArray(value) ? (value as unknown[]) : value === null ? [] : [value]
  return list.map((one) => (typeof one === 'string' ? { model: one } : one))
}

/** `{amount, currency}` and `{value, unit}` as one text: a column holds one value. */
function withUnits(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnits)
  if (!isObject(value)) return value
  const { currency, unit, ...others } = value
  const amount = joined(value.amount, value.currencyAssumed === true ? null : currency)
  if (amount !== null) return { ...others, amount }
  const distance = joined(value.value, unit)
  if (distance !== null) return { ...others, value: distance }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, withUnits(member)]]
    )
  )
}

function joined(value: unknown, unit: unknown): string | null {
  const isValue = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
  return isValue && typeof unit === 'string' && unit !== '' ? `${value} ${unit}` : null
}
