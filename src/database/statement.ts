/** TypeScript's type of each PostgreSQL type that a parameter can have. */
interface ScalarTypes {
  uuid: string
  text: string
  boolean: boolean
  smallint: number
  integer: number
  float8: number
  /** As text: it may be more than a number holds. */
  bigint: string
  timestamptz: Date
  /** Any JSON value, not yet encoded. */
  jsonb: unknown
}

type Scalar = keyof ScalarTypes
type Nullable<Type extends string> = Type | `${Type}?`

/** A parameter's PostgreSQL type, such as `uuid` or `uuid[]`; `?` follows what may be null. */
type ParameterType = Nullable<Scalar | `${Nullable<Exclude<Scalar, 'jsonb'>>}[]`>

type Value<Type extends string> = Type extends `${infer Base}?`
  ? Value<Base> | null
  : Type extends `${infer Element}[]`
    ? readonly Value<Element>[]
    : Type extends Scalar
      ? ScalarTypes[Type]
      : never

export type ParameterTypes = Readonly<Record<string, ParameterType>>

/** The value of each parameter. */
export type Values<Types extends ParameterTypes> = {
  readonly [Name in keyof Types]: Value<Types[Name]>
}

interface Parameter {
  name: string
  type: ParameterType
}

/** A statement as PostgreSQL takes it: `$1` for the first of the parameters. */
interface Compiled {
  name: string
  text: string
  parameters: readonly Parameter[]
}

/** A named statement: PostgreSQL parses it once a connection. */
export class Statement<Types extends ParameterTypes, Row> {
  /** For the compiler only: the type of a row of the result. */
  declare readonly row: Row
  readonly #compiled: Compiled

  constructor(compiled: Compiled) {
    this.#compiled = compiled
  }

  /** The same statement, with the type of the rows it returns. */
  returning<Returned>(): Statement<Types, Returned> {
    return new Statement(this.#compiled)
  }

  /** The statement with its values, for a connection of `pg`. */
  with(values: Values<Types>): { name: string; text: string; values: unknown[] } {
    const { name, text, parameters } = this.#compiled
    return { name, text, values: parameters.map((one) => encode(one, values, name)) }
  }
}

/**
 * A statement with named parameters. Each `:name` of the text becomes a `$n` that is cast to its type;
 * names in quoted text, in comments and after `::` are left alone. `:dealerId` is declared everywhere:
 * a transaction sets it. Throws where text and types don't name the same parameters.
 */
export function statement<const Types extends ParameterTypes>(
  name: string,
  types: Types,
  text: string
): Statement<Types, never> {
  const compiled = compile(name, { dealerId: 'uuid', ...types }, text)
  const unused = Object.keys(types).filter(
    (declared) => !compiled.parameters.some((parameter) => parameter.name === declared)
  )
  if (unused.length > 0) throw fault(name, `:${unused.join(', :')} is not in the text`)
  register(compiled)
  return new Statement(compiled)
}

/** The beginnings of quoted text and comments, each with its end. */
const PASSAGES = [
  ["'", "'"],
  ['"', '"'],
  ['--', '\n'],
  ['/*', '*/']
] as const

function compile(name: string, types: ParameterTypes, text: string): Compiled {
  const parameters: Parameter[] = []
  const parts: string[] = []
  let before = ''
  let passageEnd: string | null = null
  // Words, and everything else sign by sign.
  for (const token of text.split(/\b|(?=\W)/)) {
    const end = `${before}${token}`.slice(-2)
    if (passageEnd !== null) {
      if (end.endsWith(passageEnd)) passageEnd = null
    } else {
      if (token === '$') throw fault(name, 'a parameter has a number, and no name')
      passageEnd = PASSAGES.find(([begin]) => end.endsWith(begin))?.[1] ?? null
    }
    const isName = passageEnd === null && /^[a-z_]/i.test(token) && /^[^:]?:$/.test(before)
    if (isName) parts.splice(-1, 1, place(token))
    else parts.push(token)
    before = end
  }
  return { name, text: parts.join(''), parameters }

  function place(parameter: string): string {
    const type = Object.hasOwn(types, parameter) ? types[parameter] : undefined
    if (type === undefined) throw fault(name, `:${parameter} has no type`)
    let index = parameters.findIndex((one) => one.name === parameter)
    if (index < 0) index = parameters.push({ name: parameter, type }) - 1
    return `$${String(index + 1)}::${type.replaceAll('?', '')}`
  }
}

/** PostgreSQL cuts longer names, so that two could become one. */
const MAX_NAME_LENGTH = 63

const registered = new Map<string, string>()

/** A connection knows one text by a name. */
function register({ name, text }: Compiled): void {
  if (name.length > MAX_NAME_LENGTH) throw fault(name, 'the name is too long')
  if ((registered.get(name) ?? text) !== text) throw fault(name, 'another text has this name')
  registered.set(name, text)
}

function encode(
  { name, type }: Parameter,
  values: Readonly<Record<string, unknown>>,
  statementName: string
): unknown {
  const value = values[name]
  if (value === undefined) throw fault(statementName, `:${name} has no value`)
  const isJson = type === 'jsonb' || (type === 'jsonb?' && value !== null)
  return isJson ? JSON.stringify(value) : value
}

function fault(name: string, detail: string): TypeError {
  return new TypeError(`statement ${name}: ${detail}`)
}
