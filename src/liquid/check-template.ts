import { setImmediate as nextTurn } from 'node:timers/promises'

import type { TemplateWording } from '../domain/auto-responses/template.ts'
import { because } from '../domain/reasons/reasons.ts'
import type { TemplateFacts } from '../domain/auto-responses/template-variables.ts'
import { fieldMessageOf } from '../wording/reasons.ts'
import { checkPlaces } from './check-places.ts'
import { VariableCheck } from './check-variables.ts'
import { parse, tokenize } from './engine.ts'
import { Faults } from './faults.ts'
import type { TemplateFault } from './faults.ts'
import { LIQUID_LIMITS } from './limits.ts'
import type { TemplatePart } from './limits.ts'
import { renderWording } from './render-wording.ts'

/**
 * What is wrong with a wording; nothing: it can be used. What it names, where in HTML its values stand
 * and how large it may grow is known before it is first rendered; at last it is tried with
 * made-up facts. Others get their turn between the parts.
 */
export async function checkWording(
  wording: TemplateWording,
  example: TemplateFacts
): Promise<TemplateFault[]> {
  const faults: TemplateFault[] = []
  for (const part of ['subject', 'text', 'html'] as const) {
    const source = wording[part]
    if (source !== null) faults.push(...checkPart(part, source))
    await nextTurn()
  }
  if (faults.length > 0) return faults
  const rendered = renderWording(wording, example)
  return 'limit' in rendered
    ? [{ part: 'text', message: fieldMessageOf(because(rendered.limit)) }]
    : []
}

function checkPart(part: TemplatePart, source: string): TemplateFault[] {
  const faults = new Faults(part)
  if (countExpressions(source) > LIQUID_LIMITS.expressions) {
    faults.add(null, `there are more than ${LIQUID_LIMITS.expressions} outputs and tags`)
    return faults.all
  }
  try {
    const places = checkPlaces(tokenize(source), part === 'html', faults)
    // A nest beyond the bounds is not even parsed.
    if (faults.all.length === 0) new VariableCheck(places, faults).check(parse(part, source))
  } catch (error) {
    faults.addError(error)
  }
  return faults.all
}

function countExpressions(source: string): number {
  return source.split(/\{[{%]/).length - 1
}
