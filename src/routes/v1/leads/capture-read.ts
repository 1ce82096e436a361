import type { Database } from '../../../database/client.ts'
import { findSourceBySpelling } from '../../../repositories/dealers/sources.ts'
import { captureLeads } from '../../../use-cases/leads/capture-leads.ts'

type Capture = Parameters<typeof captureLeads>[1]

/**
 * Captures leads whose source may be spelled in another way than its key. The sender of a form can correct
 * nothing: an unknown source is the default one, and a required field of the dealer may be missing.
 */
export async function captureRead(
  db: Database,
  capture: Capture,
  isForm: boolean
): ReturnType<typeof captureLeads> {
  const result = await captureLeads(db, capture)
  if (!('refusal' in result)) return result
  const { source } = capture
  if (result.refusal === 'unknown-source' && 'key' in source) {
    const { dealerId } = capture
    const found = await db.read(dealerId, (tx) => findSourceBySpelling(tx, source.key))
    if (found) return await captureRead(db, { ...capture, source: { id: found.id } }, isForm)
    if (!isForm || source.key === FORM_SOURCE) return result
    const unknown = { path: 'source', text: source.key, code: 'unknown_reference' } as const
    const contents = capture.contents.map((content) => ({
      ...content,
      unmapped: [...content.unmapped, unknown]
    }))
    return await captureRead(db, { ...capture, contents, source: { key: FORM_SOURCE } }, isForm)
  }
  const isUncorrectable = isForm && result.refusal === 'faulty-fields'
  return isUncorrectable ? await captureRead(db, { ...capture, fieldParsers: null }, false) : result
}

/** The source of forms that name no known one. */
export const FORM_SOURCE = 'website'
