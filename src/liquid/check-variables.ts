import {
  AssignTag,
  CaptureTag,
  CaseTag,
  ForTag,
  IfTag,
  Output,
  TypeGuards,
  UnlessTag,
  Value,
  toValueSync
} from 'liquidjs'
import type { PropertyAccessToken, RangeToken, Template, Token, ValueToken } from 'liquidjs'

import {
  FORLOOP,
  OWN_VARIABLES,
  TEMPLATE_VARIABLES
} from '../domain/auto-responses/template-variables.ts'
import type { VariableKind } from '../domain/auto-responses/template-variables.ts'
import { unknownName } from '../domain/text/unknown-name.ts'
import type { Places } from './check-places.ts'
import type { Faults } from './faults.ts'
import { LIQUID_LIMITS } from './limits.ts'

/** Names that loops add to the catalogue, inside themselves. */
type Scope = Readonly<Record<string, VariableKind>>

/**
 * Checks that a template names nothing but what is in the catalogue, by names written out. liquidjs'
 * own analysis takes what a loop goes over for known, members and all; this one looks into loops.
 */
export class VariableCheck {
  readonly #places: Places
  readonly #faults: Faults
  /** Names that the template itself gave to values. */
  readonly #assigned = new Set<string>()

  constructor(places: Places, faults: Faults) {
    this.#places = places
    this.#faults = faults
  }

  check(templates: readonly Template[], scope: Scope = {}): void {
    for (const template of templates) this.#visit(template, scope)
  }

  #visit(template: Template, scope: Scope): void {
    if (template instanceof ForTag) {
      this.#visitLoop(template, scope)
      return
    }
    // A condition may ask whether there is a vehicle at all; elsewhere a thing has no text.
    const isCondition = [IfTag, UnlessTag, CaseTag].some((tag) => template instanceof tag)
    for (const argument of template.arguments?.() ?? []) {
      this.#readArgument(argument, scope, isCondition)
    }
    if (template instanceof Output) this.#checkPlace(template)
    if (template.children) this.check(toValueSync(template.children(false, true)), scope)
    if (template instanceof AssignTag || template instanceof CaptureTag) {
      for (const name of template.localScope() as Iterable<Token & { content: string }>) {
        this.#assign(name)
      }
    }
  }

  #assign(name: Token & { content: string }): void {
    if (Object.hasOwn(TEMPLATE_VARIABLES, name.content) || name.content === 'forloop') {
      this.#faults.add(name, `the name "${name.content}" is taken`)
    }
    this.#assigned.add(name.content)
  }

  #visitLoop(loop: ForTag, scope: Scope): void {
    const [collection, ...modifiers] = loop.arguments()
    const item = this.#itemOf(collection as ValueToken, scope)
    for (const modifier of modifiers) this.#readArgument(modifier, scope, false)
    const isTaken = Object.hasOwn(TEMPLATE_VARIABLES, loop.variable)
    const isSame = item === TEMPLATE_VARIABLES[loop.variable]
    if (loop.variable === 'forloop' || (isTaken && !isSame)) {
      this.#faults.add(loop.token, `the name "${loop.variable}" is taken`)
    }
    this.check(loop.templates, { ...scope, [loop.variable]: item, forloop: FORLOOP })
    this.check(loop.elseTemplates, scope)
  }

  /** The kind of a loop's variable. */
  #itemOf(collection: ValueToken, scope: Scope): VariableKind {
    if (TypeGuards.isRangeToken(collection)) {
      if (!isShort(collection)) {
        const limit = LIQUID_LIMITS.rangeLength
        this.#faults.add(collection, `a range is two whole numbers, at most ${limit} apart`)
      }
      return 'value'
    }
    const kind = TypeGuards.isPropertyAccessToken(collection)
      ? this.#resolve(collection, scope)
      : 'value'
    if (kind === null) return 'value'
    if (typeof kind === 'object' && 'each' in kind) return kind.each
    this.#faults.add(collection, 'a loop goes over "vehicles" or a range such as (1..3)')
    return 'value'
  }

  #readArgument(argument: Value | ValueToken, scope: Scope, isCondition: boolean): void {
    if (!(argument instanceof Value)) {
      this.#readToken(argument, scope, isCondition)
      return
    }
    for (const token of argument.initial.postfix) this.#readToken(token, scope, isCondition)
    for (const { args } of argument.filters) {
      for (const arg of args) {
        const token = Array.isArray(arg) ? arg[1] : arg
        if (token) this.#readToken(token, scope, false)
      }
    }
  }

  #readToken(token: Token, scope: Scope, isCondition: boolean): void {
    if (TypeGuards.isRangeToken(token)) {
      this.#faults.add(token, 'a range stands in a loop only')
    } else if (TypeGuards.isPropertyAccessToken(token)) {
      const kind = this.#resolve(token, scope)
      if (kind === null || kind === 'value' || isCondition) return
      this.#faults.add(token, `"${token.getText()}" is no value: name one of its fields`)
    }
  }

  /** The value that a path leads to, or null: the path is wrong, and the fault is recorded. */
  #resolve(token: PropertyAccessToken, scope: Scope): VariableKind | null {
    const names = namesOf(token)
    if (names === null) {
      this.#faults.add(token, `"${token.getText()}": members are named as they are, not computed`)
      return null
    }
    const [root = '', ...path] = names
    let kind = this.#rootOf(String(root), scope)
    let known = kind ? [] : [...Object.keys(scope), ...Object.keys(TEMPLATE_VARIABLES)]
    for (const name of path) {
      if (kind) known = membersOf(kind)
      kind = memberOf(kind, name)
    }
    if (kind === null) {
      const fault = `there is no variable "${token.getText()}"`
      this.#faults.add(token, known.length === 0 ? fault : unknownName(fault, known))
    }
    return kind
  }

  #rootOf(name: string, scope: Scope): VariableKind | null {
    const kinds = [scope, TEMPLATE_VARIABLES].find((names) => Object.hasOwn(names, name))
    return kinds?.[name] ?? (this.#assigned.has(name) ? 'value' : null)
  }

  /** In HTML, values stand where escaping holds them, and addresses begin as the dealer says. */
  #checkPlace({ token, value }: Output): void {
    const place = this.#places.get(token.begin)
    if (place === 'nowhere') {
      this.#faults.add(token, 'a value stands between elements, or within quotes of an attribute')
    } else if (place === 'link' && !isSafeInLink(value)) {
      this.#faults.add(
        token,
        `an address is made of ${OWN_VARIABLES.join(' and ')}; other values need the filter url_encode, as the last one`
      )
    }
  }
}

function memberOf(kind: VariableKind | null, name: string | number): VariableKind | null {
  if (kind === null) return null
  if (kind === 'value') return name === 'size' ? 'value' : null
  if ('members' in kind) {
    return typeof name === 'string' && Object.hasOwn(kind.members, name)
      ? (kind.members[name] ?? null)
      : null
  }
  if (name === 'size') return 'value'
  return typeof name === 'number' || name === 'first' || name === 'last' ? kind.each : null
}

/** The names that a variable has within. */
function membersOf(kind: VariableKind): string[] {
  if (kind === 'value') return ['size']
  return 'members' in kind ? Object.keys(kind.members) : ['first', 'last', 'size']
}

/** The parts of a path where all of them are written out, else null. */
function namesOf({ variable, props }: PropertyAccessToken): (string | number)[] | null {
  const names = props.map((prop) =>
    TypeGuards.isWordToken(prop) || TypeGuards.isQuotedToken(prop) || TypeGuards.isNumberToken(prop)
      ? prop.content
      : null
  )
  return variable === undefined && names.every((name) => name !== null) ? names : null
}

function isShort({ lhs, rhs }: RangeToken): boolean {
  if (!TypeGuards.isNumberToken(lhs) || !TypeGuards.isNumberToken(rhs)) return false
  const [from, to] = [lhs.content, rhs.content]
  return Number.isInteger(from) && Number.isInteger(to) && to - from < LIQUID_LIMITS.rangeLength
}

function isSafeInLink({ initial, filters }: Value): boolean {
  // The last filter of all is the escaping.
  if (filters.at(-2)?.name === 'url_encode') return true
  const tokens = [
    ...initial.postfix,
    ...filters.flatMap(({ args }) => args.map((arg) => (Array.isArray(arg) ? arg[1] : arg)))
  ]
  return tokens.every((token) => {
    if (!TypeGuards.isPropertyAccessToken(token)) return true
    return OWN_VARIABLES.includes(String(namesOf(token)?.[0]))
  })
}
