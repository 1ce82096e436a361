/** The keywords of JSON Schema that our schemas of bodies use. */
export interface JsonSchema {
  $id?: string
  $ref?: string
  type?: string | string[]
  anyOf?: JsonSchema[]
  enum?: unknown[]
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  items?: JsonSchema
  maxItems?: number
  properties?: Record<string, JsonSchema>
  patternProperties?: Record<string, JsonSchema>
  required?: string[]
  maxProperties?: number
  'x-named'?: string
  'x-text-form'?: string
}
