import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { CustomField } from '../../domain/fields/custom-field.ts'
import type { FieldMapping } from '../../domain/fields/field-mapping.ts'
import type { SourceKind } from '../../domain/dealers/source.ts'
import type { QualificationResult } from '../../domain/qualification/form.ts'

/** The facts for the mapping of a lead, besides the lead. */
export interface StoredMappingBasis {
  mapping: FieldMapping
  /** The custom fields of clients. */
  clientFields: Pick<CustomField, 'key' | 'type' | 'options' | 'required'>[]
  currency: string
  timeZone: string
  sourceKind: SourceKind
  qualification: QualificationResult | null
}

/** In one round trip: conversions of one person wait for each other meanwhile. */
const BASIS = statement(
  'mapping-basis',
  { leadId: 'uuid' },
  `
select d.currency, d.time_zone as "timeZone", s.kind as "sourceKind",
  coalesce((select m.content from field_mappings m where m.dealer_id = :dealerId), '{"entries": []}')
    as mapping,
  (select coalesce(jsonb_agg(jsonb_build_object('key', f.key, 'type', f.type,
      'options', to_jsonb(f.options), 'required', f.required) order by f.position, f.id), '[]')
    from custom_fields f where f.dealer_id = :dealerId and f.target = 'client') as "clientFields",
  (select q.result from qualifications q where q.dealer_id = :dealerId and q.lead_id = l.id
    order by q.id desc limit 1) as qualification
from leads l
join dealers d on d.id = l.dealer_id
join sources s on s.dealer_id = l.dealer_id and s.id = l.source_id
where l.dealer_id = :dealerId and l.id = :leadId`
).returning<StoredMappingBasis>()

export async function findMappingBasis(
  tx: Transaction,
  leadId: string
): Promise<StoredMappingBasis> {
  const [row] = await tx.run(BASIS, { leadId })
  if (!row) throw new Error('a lead that was just read is gone')
  return row
}
