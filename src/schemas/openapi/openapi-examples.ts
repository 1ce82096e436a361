import { EXAMPLE_CHANGED_AT } from '../example-ids.ts'
import { isObject } from '../lenient/is-object.ts'

type Fields = Readonly<Record<string, unknown>>

interface Shown {
  /** Whether the request made the record: then it has its first version, and no more than was sent. */
  isNew: boolean
  request: unknown
  /** The fields that the request could have. */
  omissible: readonly string[]
  properties: Readonly<
    Record<string, { type?: string | string[]; anyOf?: { type?: string }[]; minItems?: number }>
  >
  /** What the operation says of its response beyond both. */
  shows: object | undefined
}

/**
 * The response to the example of a request: the record’s own example with the fields of the request, in the forms
 * in which responses have them, with the version after the write, and with what the operation says of itself.
 */
export function responseExample(stock: unknown, { request, shows, ...shown }: Shown): unknown {
  if (!isObject(stock)) return stock
  const record = { ...stock, ...versionOf(stock, shown.isNew) }
  const emptied = shown.isNew && isObject(request) ? withoutUnsent(record, request, shown) : record
  const written = isObject(request) ? withRequest(emptied, request) : emptied
  return shows === undefined ? written : overridden(written, { ...shows })
}

function versionOf({ version, createdAt, updatedAt }: Fields, isNew: boolean): object {
  if (typeof version !== 'number' || typeof updatedAt !== 'string') return {}
  if (isNew) return { version: 1, updatedAt: createdAt ?? updatedAt }
  return {
    version: version + 1,
    updatedAt: updatedAt < EXAMPLE_CHANGED_AT ? EXAMPLE_CHANGED_AT : updatedAt
  }
}

/** A new record has nothing that the request could have and has not. */
function withoutUnsent(
  record: Fields,
  request: Fields,
  { omissible, properties }: Pick<Shown, 'omissible' | 'properties'>
): Fields {
  const emptied: Record<string, unknown> = { ...record }
  for (const name of omissible) {
    if (!(name in record) || name in request) continue
    const { type, anyOf = [], minItems = 0 } = properties[name] ?? {}
    const canBeNull = [type].flat().includes('null') || anyOf.some((one) => one.type === 'null')
    if (canBeNull) emptied[name] = null
    else if (type === 'array' && minItems === 0) emptied[name] = []
  }
  return emptied
}

/** The record with the fields of the request that it has too. */
function withRequest(record: Fields, request: Fields): Fields {
  const written: Record<string, unknown> = { ...record }
  for (const [name, value] of Object.entries(request)) {
    const reference = name.endsWith('Id') ? record[name.slice(0, -2)] : undefined
    if (name in record) written[name] = inResponse(record[name], value)
    else if (isObject(reference)) written[name.slice(0, -2)] = { ...reference, id: value }
    if (`${name}Raw` in record) written[`${name}Raw`] = value
  }
  return written
}

/** A value of the request as the response has it. */
function inResponse(stock: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    const stocked: readonly unknown[] = Array.isArray(stock) ? stock : []
    return value.map((one, index) => inResponse(stocked[index], one))
  }
  if (isObject(value)) return isObject(stock) ? withRequest(stock, value) : (stock ?? value)
  if (typeof value !== 'string') return value
  // A source is sent by its key and shown with its name.
  if (isObject(stock) && 'key' in stock) return { ...stock, key: value }
  if (typeof stock === 'string' && isOtherForm(value, stock)) return stock
  return isTime(value) ? new Date(value).toISOString() : value
}

/** Whether the stored form of a value is this: a time in UTC, E.164, a domain in small letters. */
function isOtherForm(sent: string, stored: string): boolean {
  if (isTime(sent)) return isTime(stored) && Date.parse(sent) === Date.parse(stored)
  if (/^\+\d+$/.test(stored)) return stored.endsWith(sent.replaceAll(/\D/g, ''))
  return sent.toLowerCase() === stored.toLowerCase()
}

function isTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T/.test(text)
}

function overridden(record: Fields, by: Fields): Fields {
  const written: Record<string, unknown> = { ...record }
  for (const [name, value] of Object.entries(by)) {
    const stock = record[name]
    written[name] = isObject(stock) && isObject(value) ? overridden(stock, value) : value
  }
  return written
}
