import type { UnmappedValue } from '../../domain/leads/lead.ts'

/** Says where a value of the object that is read was sent, both by pointers below the object. */
export type Move = (read: string, sent: string) => void

/** Keeps a posted value in `unmapped`, by its pointer. */
export type Keep = (
  pointer: string,
  value: unknown,
  code: NonNullable<UnmappedValue['code']>
) => void
