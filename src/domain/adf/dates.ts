import { parseTimestamp } from '../clock/written-instant.ts'

/**
 * Writes `CCYY-MM-DDThh:mm:ss±hh:mm`, the one form every receiver reads. ADF has no `Z` and no
 * fractions of a second.
 */
export function formatRequestDate(submittedAt: string | null, receivedAt: Date): string {
  const sent = submittedAt === null ? null : parseTimestamp(submittedAt)
  const timestamp = sent ?? receivedAt.toISOString()
  return timestamp.replace(/\.\d+/, '').replace(/Z$/, '+00:00')
}
