import type { Database } from '../../../database/client.ts'
import { findSourceBySpelling } from '../../../repositories/dealers/sources.ts'
import { captureLeads } from '../../../use-cases/leads/capture-leads.ts'
import type { DirectedLead } from '../../../domain/capture/directed-lead.ts'

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
  if (result.refusal === 'unknown-source') {
    const leads = await withKnownSources(db, capture, isForm)
    return leads ? await captureRead(db, { ...capture, leads }, isForm) : result
  }
  const isUncorrectable = isForm && result.refusal === 'faulty-fields'
  return isUncorrectable ? await captureRead(db, { ...capture, fieldParsers: null }, false) : result
}

/** The leads under sources that there are: by another spelling of a key, or the one of forms. Null: one has none. */
async function withKnownSources(
  db: Database,
  { dealerId, leads }: Capture,
  isForm: boolean
): Promise<DirectedLead[] | null> {
  const keys = new Set(leads.flatMap(({ source }) => ('key' in source ? [source.key] : [])))
  const found = await db.read(dealerId, async (tx) => {
    const sources = new Map<string, { id: string } | null>()
    for (const key of keys) sources.set(key, await findSourceBySpelling(tx, key))
    return sources
  })
  const isLost = [...found].some(([key, source]) => !source && (!isForm || key === FORM_SOURCE))
  if (isLost) return null
  return leads.map((lead) => {
    if (!('key' in lead.source)) return lead
    const { key } = lead.source
    const source = found.get(key)
    if (source) return { ...lead, source: { id: source.id } }
    const unknown = { path: 'source', text: key, code: 'unknown_reference' } as const
    const unmapped = [...lead.content.unmapped, unknown]
    return { ...lead, content: { ...lead.content, unmapped }, source: { key: FORM_SOURCE } }
  })
}

/** The source of forms that name no known one. */
export const FORM_SOURCE = 'website'
