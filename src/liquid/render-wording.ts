import { Context, LiquidError, toValueSync } from 'liquidjs'

import type { TemplateWording } from '../domain/auto-responses/template.ts'
import type { TemplateFacts } from '../domain/auto-responses/template-variables.ts'
import { engineFor, parse } from './engine.ts'
import { LIQUID_LIMITS } from './limits.ts'
import type { TemplatePart } from './limits.ts'

/** The limit that a template breaks. */
export interface BrokenLimit {
  limit: 'template_too_slow' | 'template_too_large' | 'template_broken'
}

/** A wording with its facts: the subject as it came out, on any number of lines. */
type RenderedWording = TemplateWording | BrokenLimit

/**
 * Renders a wording, in one go: nothing else runs meanwhile, which the limits keep short. What breaks
 * one is not sent in part.
 */
export function renderWording(
  { subject, text, html }: TemplateWording,
  facts: TemplateFacts
): RenderedWording {
  const isLate = startTimer(LIQUID_LIMITS.renderMs)
  // Nothing inherited, so that no template finds what it was not given.
  const scope = Object.assign(Object.create(null) as object, facts)
  try {
    return {
      subject: renderPart('subject', subject, scope, isLate),
      text: renderPart('text', text, scope, isLate),
      html: html === null ? null : renderPart('html', html, scope, isLate)
    }
  } catch (error) {
    return { limit: limitOf(error) }
  }
}

/**
 * Says whether so many milliseconds of processor time have passed. A clock alone would count what other
 * processes of a busy machine take.
 */
function startTimer(limitMs: number): () => boolean {
  const [begin, usage] = [performance.now(), process.cpuUsage()]
  return () => {
    if (performance.now() - begin <= limitMs) return false
    const { user, system } = process.cpuUsage(usage)
    return (user + system) / 1_000 > limitMs
  }
}

function renderPart(
  part: TemplatePart,
  source: string,
  scope: object,
  isLate: () => boolean
): string {
  const liquid = engineFor(part)
  const context = new Context(scope, liquid.options, { sync: true }, { liquid })
  throwLimits(context, isLate)
  const output = new BoundedOutput(LIQUID_LIMITS.output[part])
  toValueSync(liquid.renderer.renderTemplates(parse(part, source), context, output) as Generator)
  return output.buffer
}

class LimitError extends Error {
  readonly limit: BrokenLimit['limit']

  constructor(limit: BrokenLimit['limit']) {
    super(limit)
    this.limit = limit
  }
}

/** Liquid's own limits throw a sentence: here they throw the limit. */
function throwLimits({ renderLimit, memoryLimit }: Context, isLate: () => boolean): void {
  renderLimit.check = () => {
    if (isLate()) throw new LimitError('template_too_slow')
  }
  const use = memoryLimit.use.bind(memoryLimit)
  memoryLimit.use = (amount) => {
    try {
      use(amount)
    } catch {
      throw new LimitError('template_too_large')
    }
  }
}

/** Where a template writes to, up to a length. */
class BoundedOutput {
  buffer = ''
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  write(value: unknown): void {
    this.buffer += typeof value === 'string' ? value : ''
    if (this.buffer.length > this.#limit) throw new LimitError('template_too_large')
  }
}

function limitOf(error: unknown): BrokenLimit['limit'] {
  const { originalError } = error as { originalError?: unknown }
  const cause = LiquidError.is(error) && originalError instanceof Error ? originalError : error
  if (cause instanceof LimitError) return cause.limit
  return cause instanceof RangeError ? 'template_too_large' : 'template_broken'
}
