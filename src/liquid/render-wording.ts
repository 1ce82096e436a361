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
 * one is not sent in part. A machine may stand still for as long as a template may take: what took too
 * long is tried once more.
 */
export function renderWording(wording: TemplateWording, facts: TemplateFacts): RenderedWording {
  const rendered = renderOnce(wording, facts)
  const isLate = 'limit' in rendered && rendered.limit === 'template_too_slow'
  return isLate ? renderOnce(wording, facts) : rendered
}

function renderOnce(
  { subject, text, html }: TemplateWording,
  facts: TemplateFacts
): RenderedWording {
  const deadline = performance.now() + LIQUID_LIMITS.renderMs
  // Nothing inherited, so that no template finds what it was not given.
  const scope = Object.assign(Object.create(null) as object, facts)
  try {
    return {
      subject: renderPart('subject', subject, scope, deadline),
      text: renderPart('text', text, scope, deadline),
      html: html === null ? null : renderPart('html', html, scope, deadline)
    }
  } catch (error) {
    return { limit: limitOf(error) }
  }
}

function renderPart(part: TemplatePart, source: string, scope: object, deadline: number): string {
  const liquid = engineFor(part)
  const renderLimit = Math.max(deadline - performance.now(), 0)
  const context = new Context(scope, liquid.options, { sync: true, renderLimit }, { liquid })
  throwLimits(context)
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
function throwLimits({ renderLimit, memoryLimit }: Context): void {
  renderLimit.check = throwingLimit('template_too_slow', renderLimit.check.bind(renderLimit))
  memoryLimit.use = throwingLimit('template_too_large', memoryLimit.use.bind(memoryLimit))
}

function throwingLimit(limit: BrokenLimit['limit'], count: (amount: number) => void) {
  return (amount: number) => {
    try {
      count(amount)
    } catch {
      throw new LimitError(limit)
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
