/**
 * What a template may cost. Liquid's own limits are looked at between two parts of a template; together
 * with a bound on each part and a look at the clock in every filter, nothing gets far past them.
 */
export const LIQUID_LIMITS = {
  /** Of subject, text and HTML together. */
  renderMs: 100,
  /** Characters that filters and outputs may come to, in one part. */
  workCharacters: 1_000_000,
  /** One `{{ … }}` or `{% … %}`: no chain of filters, and no nest of brackets, is longer. */
  expressionCharacters: 1_000,
  /** `{{ … }}` and `{% … %}` in one part: each costs some 0.1 ms to read. */
  expressions: 500,
  /** Blocks within blocks. */
  depth: 12,
  /** Turns of a loop over a range. */
  rangeLength: 100,
  /** Characters of a rendered part. */
  output: { subject: 2_000, text: 100_000, html: 500_000 },
  /** How many faults of a part are told. */
  faults: 10
} as const

/** A part of a mail, each with its own rules of what may stand where. */
export type TemplatePart = keyof typeof LIQUID_LIMITS.output
