import { DEFAULT_DEALER_SETTINGS } from '../domain/dealers/dealer.ts'
import { DealerSettingsSchema } from '../schemas/dealers/dealer-settings.ts'

interface Described {
  description?: string
  anyOf?: Described[]
  const?: unknown
  enum?: unknown[]
}

/** Every setting of a dealer, with what the contract says of it and the value that a new dealer has. */
export function dealerSettingsTable(): string {
  const defaults = DEFAULT_DEALER_SETTINGS as unknown as Readonly<Record<string, unknown>>
  const rows = Object.entries(DealerSettingsSchema.properties as Record<string, Described>).map(
    ([name, schema]) => {
      const values = valuesOf(schema).map((value) => `\`${String(value)}\``)
      const choices = values.length === 0 ? '' : ` Values: ${values.join(', ')}.`
      const text = descriptionOf(schema).replaceAll(/\s+/g, ' ')
      return `| \`${name}\` | ${text}${choices} | \`${JSON.stringify(defaults[name])}\` |`
    }
  )
  return ['| setting | what it does | of a new dealer |', '| --- | --- | --- |', ...rows, ''].join(
    '\n'
  )
}

function descriptionOf({ description, anyOf = [] }: Described): string {
  return description ?? anyOf.map(descriptionOf).find((text) => text !== '') ?? ''
}

function valuesOf({ enum: values = [], anyOf = [] }: Described): unknown[] {
  return [...values, ...anyOf.flatMap((one) => ('const' in one ? [one.const] : []))]
}
