import { readDay } from '../clock/written-time.ts'
import type { DateOrder } from '../clock/written-time.ts'
import type { CustomField } from '../fields/custom-field.ts'
import { readDecimal, readFlag } from '../leads/written-values.ts'

/**
 * A cell's text as a value of the dealer's own field. Text that can't be read stays text, and the
 * later check rejects it.
 */
export function readCustomValue(
  { type, options }: Pick<CustomField, 'type' | 'options'>,
  text: string,
  order: DateOrder | null
): unknown {
  if (text.length > MAX_READ) return text.slice(0, MAX_READ).toWellFormed()
  switch (type) {
    case 'number': {
      const decimal = readDecimal(text)
      return decimal === null ? text : Number(decimal)
    }
    case 'boolean':
      return readFlag(text) ?? text
    case 'date':
      return readDay(text, order) ?? text
    case 'option':
      return optionOf(options, text)
    case 'options':
      return text
        .split(/[;|\n]/)
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .map((part) => optionOf(options, part))
    case 'text':
    case 'url':
    case 'email':
    case 'phone':
      return text
  }
}

/** No value of any type is longer. */
const MAX_READ = 20_000

/** The option as the dealer spells it, where only the case is another. */
function optionOf(options: readonly string[], text: string): string {
  return options.find((option) => option.toLowerCase() === text.toLowerCase()) ?? text
}
