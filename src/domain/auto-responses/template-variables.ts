import { LEAD_FIELDS } from '../leads/field-catalogue.ts'

/** The kind of a variable: a value to print, an object with members, or a list to loop over. */
export type VariableKind = 'value' | VariableMembers | VariableList
export interface VariableMembers {
  members: Readonly<Record<string, VariableKind>>
}
interface VariableList {
  each: VariableMembers
}

/** The values of a template: texts by variable name. Null: no value. */
export interface TemplateFacts {
  [name: string]: string | null | TemplateFacts | TemplateFacts[]
}

const PATHS = LEAD_FIELDS.filter(({ uses }) => uses.includes('template')).map(({ path }) => path)

/** The lead's fields of one part, or of the lead itself, nested as their paths say. */
function fieldsBelow(part: string): VariableMembers {
  const paths = PATHS.filter((path) => path.startsWith(part)).map((path) => path.slice(part.length))
  const names = new Set(paths.map((path) => path.split('.', 1).join()))
  const kindOf = (name: string) => (paths.includes(name) ? 'value' : fieldsBelow(`${part}${name}.`))
  return { members: Object.fromEntries([...names].map((name) => [name, kindOf(name)])) }
}

export const LEAD_VARIABLES = fieldsBelow('')
export const VEHICLE_VARIABLES = fieldsBelow('vehicle.')

/** Every variable of a template, by name: the lead's fields, all its vehicles, and what is not its own. */
export const TEMPLATE_VARIABLES: VariableMembers['members'] = {
  ...LEAD_VARIABLES.members,
  vehicle: VEHICLE_VARIABLES,
  vehicles: { each: VEHICLE_VARIABLES },
  dealer: {
    members: { name: 'value', email: 'value', phone: 'value', url: 'value', address: 'value' }
  },
  unsubscribe: { members: { url: 'value' } }
}

/** Those that are the dealer's own or ours: no stranger has a say in where they lead. */
export const OWN_VARIABLES: readonly string[] = ['dealer', 'unsubscribe']

/** The paths of all values, such as `contact.firstName`, for people to read. */
export function variablePaths(kinds = TEMPLATE_VARIABLES, prefix = ''): string[] {
  return Object.entries(kinds).flatMap(([name, kind]) => {
    const path = `${prefix}${name}`
    if (kind === 'value') return [path]
    return 'each' in kind
      ? variablePaths(kind.each.members, `${path}[].`)
      : variablePaths(kind.members, `${path}.`)
  })
}

/** What Liquid tells a loop of itself, under the name `forloop`. */
export const FORLOOP: VariableKind = {
  members: {
    first: 'value',
    index: 'value',
    index0: 'value',
    last: 'value',
    length: 'value',
    rindex: 'value',
    rindex0: 'value'
  }
}
