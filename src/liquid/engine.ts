import { Liquid, Tokenizer, filters as standardFilters, tags as standardTags } from 'liquidjs'
import type { Context, Template, TopLevelToken } from 'liquidjs'

import { TEMPLATE_LIMITS } from '../domain/auto-responses/template.ts'
import { escapeHtml } from '../escape-html.ts'
import { LIQUID_LIMITS } from './limits.ts'
import type { TemplatePart } from './limits.ts'

/**
 * Filters that turn values into values: none evaluates a text, looks into an object by a name, or
 * says that its outcome is HTML. `escape` is not among them, as everything in HTML is escaped anyway.
 */
const FILTERS = [
  'abs',
  'append',
  'at_least',
  'at_most',
  'capitalize',
  'ceil',
  'default',
  'divided_by',
  'downcase',
  'floor',
  'lstrip',
  'minus',
  'modulo',
  'plus',
  'prepend',
  'remove',
  'remove_first',
  'replace',
  'replace_first',
  'round',
  'rstrip',
  'size',
  'squish',
  'strip',
  'strip_newlines',
  'times',
  'truncate',
  'truncatewords',
  'upcase',
  'url_encode'
] as const

/** Tags that choose and repeat. None reads a file, prints what it is not told to, or changes the facts. */
const TAGS = [
  '#',
  'assign',
  'break',
  'capture',
  'case',
  'comment',
  'continue',
  'for',
  'if',
  'unless'
] as const

/** The context that liquidjs gives a filter, as far as we use it. */
interface FilterCall {
  context: Pick<Context, 'memoryLimit' | 'renderLimit'>
}

/** HTML is escaped in every output; a subject and a text are what they are. */
const ENGINES = {
  plain: createEngine(function (this: FilterCall, value: unknown) {
    return charge(this, printed(value))
  }),
  html: createEngine(function (this: FilterCall, value: unknown) {
    return escapeHtml(charge(this, printed(value)))
  })
}

export function engineFor(part: TemplatePart): Liquid {
  return part === 'html' ? ENGINES.html : ENGINES.plain
}

/** The template as a tree. Throws liquidjs' errors. */
export function parse(part: TemplatePart, source: string): Template[] {
  return engineFor(part).parse(source)
}

/** The template as a row of texts, outputs and tags. Throws liquidjs' errors. */
export function tokenize(source: string): TopLevelToken[] {
  return new Tokenizer(source).readTopLevelTokens()
}

function createEngine(outputEscape: (this: FilterCall, value: unknown) => string): Liquid {
  const engine = new Liquid({
    // An empty map instead of a file system: no include can be resolved.
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    // Unknown names are refused when a template is saved; known ones without a value print nothing.
    strictVariables: false,
    outputEscape: outputEscape,
    parseLimit: TEMPLATE_LIMITS.html,
    memoryLimit: LIQUID_LIMITS.workCharacters
  })
  for (const name of Object.keys(standardTags)) {
    if (!isOneOf(TAGS, name)) Reflect.deleteProperty(engine.tags, name)
  }
  for (const name of Object.keys(standardFilters)) engine.unregisterFilter(name)
  for (const name of FILTERS) engine.registerFilter(name, bounded(standardFilters[name]))
  return engine
}

type Handler = (this: FilterCall, ...values: unknown[]) => unknown

/** A filter that pays for what it reads and makes, and looks at the clock: several of Liquid's don't. */
function bounded(filter: unknown): (this: unknown, ...values: unknown[]) => unknown {
  if (typeof filter !== 'function') throw new TypeError('liquidjs has lost a filter')
  const handler = filter as Handler
  return function (this: unknown, ...values: unknown[]): unknown {
    const call = this as FilterCall
    call.context.renderLimit.check(performance.now())
    for (const value of values) charge(call, value)
    return charge(call, handler.apply(call, values))
  }
}

/** Counts a value's length against the limit of the part, and gives it back. */
function charge<T>(call: FilterCall, value: T): T {
  call.context.memoryLimit.use(typeof value === 'string' ? value.length + 1 : 1)
  return value
}

/** A value as text. Objects and lists print nothing: what they hold is asked for by name. */
function printed(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function isOneOf<const T extends readonly string[]>(names: T, name: string): name is T[number] {
  return names.includes(name)
}
