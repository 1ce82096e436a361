import type { ReasonCode } from '../domain/reasons/reasons.ts'

/** A sentence for each code; `{name}` stands for a fact of the reason. */
export type ReasonWording = Readonly<Record<ReasonCode, string>>
