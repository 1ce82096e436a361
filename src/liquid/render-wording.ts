import { Context, LiquidError, toValueSync } from 'liquidjs'

import type { TemplateWording } from '../domain/auto-responses/template.ts'
import type { TemplateFacts } from '../domain/auto-responses/template-variables.ts'
import { engineFor, parse } from './engine.ts'
import { LIQUID_LIMITS } from './limits.ts'
import type { TemplatePart } from './limits.ts'

/** Why a template can't be rendered. */
export interface BrokenLimit {
  limit: keyof typeof BROKEN_LIMITS
}

export const BROKEN_LIMITS = {
  time: 'the template takes too long',
  size: 'the template comes to too much',
  form: 'the template can not be carried out'
} as const

/** A wording with its facts: the subject as it came out, on any number of lines. */
export type RenderedWording = TemplateWording | BrokenLimit

/**
 * Renders a wording, in one go: nothing else runs meanwhile, which the limits keep short. What breaks
 * one is not sent in part. A machine may stand still for as long as a template may take: what took too
 * long is tried once more.
 */
export function renderWording(wording: TemplateWording, facts: TemplateFacts): RenderedWording {
  const rendered = renderOnce(wording, facts)
  const isLate = 'limit' in rendered && rendered.limit === 'time'
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
  const output = new BoundedOutput(LIQUID_LIMITS.output[part])
  toValueSync(liquid.renderer.renderTemplates(parse(part, source), context, output) as Generator)
  return output.buffer
}

class OutputLimitError extends Error {}

/** Where a template writes to, up to a length. */
class BoundedOutput {
  buffer = ''
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  write(value: unknown): void {
    this.buffer += typeof value === 'string' ? value : ''
    if (this.buffer.length > this.#limit) throw new OutputLimitError('output limit exceeded')
  }
}

function limitOf(error: unknown): BrokenLimit['limit'] {
  const { originalError } = error as { originalError?: unknown }
  const cause = LiquidError.is(error) && originalError instanceof Error ? originalError : error
  if (cause instanceof OutputLimitError || cause instanceof RangeError) return 'size'
  const message = cause instanceof Error ? cause.message : ''
  if (message.startsWith('template render limit')) return 'time'
  return message.includes('limit exceeded') ? 'size' : 'form'
}
