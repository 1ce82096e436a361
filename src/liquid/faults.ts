import type { Token } from 'liquidjs'
import { LiquidError } from 'liquidjs'

import { LIQUID_LIMITS } from './limits.ts'
import type { TemplatePart } from './limits.ts'

/** A fault in one part of a template, for its author. */
export interface TemplateFault {
  part: TemplatePart
  /** With line and column. */
  message: string
}

/** Collects what is wrong with a part: a few faults, in order, each said once. */
export class Faults {
  readonly #part: TemplatePart
  readonly #messages = new Set<string>()

  constructor(part: TemplatePart) {
    this.#part = part
  }

  get all(): TemplateFault[] {
    return [...this.#messages].map((message) => ({ part: this.#part, message }))
  }

  add(token: Pick<Token, 'getPosition'> | null, message: string): void {
    // Finding a position reads the text up to it.
    if (this.#messages.size >= LIQUID_LIMITS.faults) return
    const [line, column] = token?.getPosition() ?? [1, 1]
    this.#messages.add(`line ${line}, column ${column}: ${message}`)
  }

  /** The message of liquidjs. Its own text repeats the position; the text behind it does not. */
  addError(error: unknown): void {
    if (!LiquidError.is(error)) {
      // The nest of a template that got past our bounds; nothing else throws here.
      this.add(null, 'can’t be read')
      return
    }
    const { token, originalError } = error as unknown as { token: Token; originalError?: Error }
    const said = originalError?.message ?? error.message
    this.add(token, said.replace(/, line:\d+, col:\d+$/, ''))
  }
}
