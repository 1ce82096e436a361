import { guessMapping } from '../domain/imports/guess-mapping.ts'
import type { FieldError } from './problems.ts'
import { MESSAGES } from './schema-messages.ts'

const UNKNOWN = MESSAGES.additionalProperties?.({}, false)

/** A member of a lead or of its contact. */
const MEMBER = /^(?:\/contact)?\/([^/]+)$/

/**
 * Unknown fields of a lead that a form could be read by (`/contact/name`, `/mail`), each with the member that it is
 * called like. A guess is good enough for a message, and not to store what was meant otherwise.
 */
export function withMeantMembers(
  faults: readonly FieldError[],
  body: { hasPlace: (parts: readonly string[]) => boolean }
): FieldError[] {
  return faults.map((fault) => {
    const [, name] = MEMBER.exec(fault.pointer) ?? []
    if (name === undefined || fault.message !== UNKNOWN) return fault
    const [guess] = guessMapping([{ name, samples: [], dates: null }], 'leads', [])
    const parts = guess?.field?.replace(/^vehicle\./, 'vehicles.0.').split('.') ?? []
    if (parts.length === 0 || !body.hasPlace(parts)) return fault
    return { ...fault, message: `${fault.message}. Perhaps /${parts.join('/')} is meant` }
  })
}
