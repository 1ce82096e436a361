import type { Handover } from './handover.ts'

/** The part of an offer's time that is left when its recipients are told that it ends, and its limit. */
const LEFT_PART = 4
export const MAX_LEFT_MINUTES = 60

/** When the recipients of an offer are told that it ends: a quarter of its time before, an hour at most. */
export function warnOfOfferAt({
  expiresAt,
  createdAt
}: Pick<Handover, 'expiresAt' | 'createdAt'>): Date | null {
  if (expiresAt === null) return null
  const left = Math.min(
    MAX_LEFT_MINUTES * 60_000,
    (expiresAt.getTime() - createdAt.getTime()) / LEFT_PART
  )
  return new Date(expiresAt.getTime() - left)
}
