import type { UnmappedValue } from '../../domain/leads/lead.ts'

/** Keeps a posted value in `unmapped`, by its pointer. */
export type Keep = (
  pointer: string,
  value: unknown,
  code: NonNullable<UnmappedValue['code']>
) => void
