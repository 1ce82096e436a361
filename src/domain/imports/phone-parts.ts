import { digitsOf } from '../contacts/phone-forms.ts'
import { contactColumn, isBarePhone, isOfPhone } from './qualified-names.ts'

/** A field of a form or a cell of a row. */
interface PhoneField {
  name: string
  text: string
  isFile?: boolean
  labels?: readonly string[]
}

export function isPhoneField(name: string): boolean {
  return isBarePhone(name) || contactColumn(name)?.kind === 'phone'
}

/** The fields with each number as one, that a form or a row has in three boxes or beside its whole form. */
export function joinNumbers<Field extends PhoneField>(fields: readonly Field[]): Field[] {
  return withWholeNumbers(joinBoxes(fields))
}

/** What the boxes of a number are called, by their place in it. */
const BOXES: readonly RegExp[] = [
  /^(?:area|npa|first|a|[01])$/,
  /^(?:prefix|exchange|exch|nxx|middle|second|b|[12])$/,
  /^(?:suffix|line|station|number|subscriber|last|third|c|[23])$/
]

/** Three boxes that are digits of one number: `phone[area]`, `phone_1`; Wufoo has `Field3`, `Field3-1`, `Field3-2`. */
function joinBoxes<Field extends PhoneField>(fields: readonly Field[]): Field[] {
  const groups = new Map<string, { field: Field; box: string }[]>()
  for (const field of fields) {
    const found =
      field.isFile === true || !/^\d{2,4}$/.test(field.text.trim()) ? null : boxOf(field.name)
    if (!found) continue
    const group = groups.get(found.base) ?? []
    groups.set(found.base, [...group, { field, box: found.box }])
  }
  const replaced = new Map<Field, Field | null>()
  for (const [base, group] of groups) {
    const [first] = group
    const isAll = areBoxes(group.map(({ box }) => box))
    const text = group.map(({ field }) => field.text.trim()).join('-')
    const isWhole = WHOLE.test(text) && (isOfPhone(base) || IN_THREE.test(text))
    if (!first || !isAll || !isWhole) continue
    for (const { field } of group) replaced.set(field, null)
    replaced.set(first.field, { ...first.field, name: base, text, labels: ['phone'] })
  }
  return fields.flatMap((field) => {
    const joined = replaced.get(field)
    return joined === undefined ? [field] : joined === null ? [] : [joined]
  })
}

function areBoxes(boxes: readonly string[]): boolean {
  return boxes.length === BOXES.length && BOXES.every((names, at) => names.test(boxes[at] ?? ''))
}

/** The columns that are the three boxes of one phone, by their names and values. */
export function boxColumns<Column extends { name: string; samples: readonly string[] }>(
  columns: readonly Column[]
): Column[] {
  const groups = new Map<string, { column: Column; box: string }[]>()
  for (const column of columns) {
    const areDigits = column.samples.every((text) => /^\d{2,4}$/.test(text.trim()))
    const found = areDigits && column.samples.length > 0 ? boxOf(column.name) : null
    if (found)
      groups.set(found.base, [...(groups.get(found.base) ?? []), { column, box: found.box }])
  }
  return [...groups.values()]
    .filter((group) => areBoxes(group.map(({ box }) => box)))
    .flatMap((group) => group.map(({ column }) => column))
}

const IN_THREE = /^\d{3}-\d{3}-\d{4}$/
const WHOLE = /^\d{2,4}-\d{2,4}-\d{3,4}$/

/** The name of a number and of one of its boxes; null: the name is of something else. */
function boxOf(name: string): { base: string; box: string } | null {
  const [, field, at = '0'] = /^(Field\d{1,4})(?:-([12]))?$/.exec(name) ?? []
  if (field !== undefined) return { base: field, box: at }
  const plain = name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, '_')
    .toLowerCase()
    .replace(/area[_ -]?code/, 'area')
    .replace(/line[_ -]?number/, 'line')
  const [, base = '', box = ''] =
    /^(.{1,100}?)[[_\-. ]{0,2}((?<![a-z])[a-z]{1,10}|(?<!\d)\d)\]?$/.exec(plain) ?? []
  return isOfPhone(base) && BOXES.some((names) => names.test(box)) ? { base, box } : null
}

const WHOLE_NAME = /full|e[_ -]?164|international|intl|complete/i

/**
 * A number whose whole form stands in another field, such as `phone_full`: a widget lets people choose the country
 * there, and the number alone would be that of another person.
 */
function withWholeNumbers<Field extends PhoneField>(fields: readonly Field[]): Field[] {
  const wholes = fields.flatMap((field) => {
    const name = field.isFile === true ? null : nameOfWhole(field.name)
    return name === null ? [] : [{ field, name, digits: digitsOf(field.text) }]
  })
  if (wholes.length === 0) return [...fields]
  const replaced = new Map<Field, Field | null>()
  for (const { field, name, digits } of wholes) {
    const local = fields.find(
      (one) => one !== field && isPhoneField(one.name) && isEndOf(digits, digitsOf(one.text))
    )
    if (!local) replaced.set(field, { ...field, name })
    else {
      const hasCode = /^\s*(?:\+|00)/.test(field.text)
      replaced.set(field, null)
      if (hasCode) replaced.set(local, { ...local, text: field.text })
    }
  }
  return fields.flatMap((field) => {
    const whole = replaced.get(field)
    return whole === undefined ? [field] : whole === null ? [] : [whole]
  })
}

/** What the number is called whose whole form is called so: `phone_full`; null: the name is another. */
export function nameOfWhole(name: string): string | null {
  const rest = name.replace(WHOLE_NAME, ' ').trim()
  return WHOLE_NAME.test(name) && isPhoneField(rest) ? rest : null
}

function isEndOf(digits: string, local: string): boolean {
  const subscriber = local.replace(/^0+/, '')
  return subscriber.length >= MIN_LOCAL && digits.endsWith(subscriber)
}

const MIN_LOCAL = 6
