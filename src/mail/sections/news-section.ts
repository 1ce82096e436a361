import type { Dealer } from '../../domain/dealers/dealer.ts'
import { textsOfValue } from '../../domain/leads/content-changes.ts'
import type { ContentChange } from '../../domain/leads/content-changes.ts'
import { pointerParts } from '../../domain/text/json-pointer.ts'
import type { Wording } from '../wording/wording-terms.ts'
import type { Row, Section, Writing } from './rows.ts'
import { row, sectionOf } from './rows.ts'

/** How many values are told: the lead has all of them. */
const MAX_ROWS = 30

/** The values that are new in a lead that came again, under the part of the lead that has them. */
export function newsSection(
  { wording }: Writing,
  { settings }: Dealer,
  news: readonly ContentChange[]
): Section[] {
  const rows = news.slice(0, MAX_ROWS).flatMap(({ path, to }): Row[] => {
    const [part = ''] = pointerParts(path)
    if (part === 'unmapped') return []
    const isHidden = part === 'prequalification' && !settings.mailPrequalification
    return row(
      titleOf(part, wording),
      isHidden ? wording.financeInSystem : textsOfValue(to).join(', ')
    )
  })
  return sectionOf(wording.sections.news, rows)
}

function titleOf(part: string, { sections }: Wording): string {
  switch (part) {
    case 'contact':
    case 'message':
    case 'timeframe':
    case 'prequalification':
    case 'attribution':
    case 'customFields':
    case 'vendor':
    case 'provider':
      return sections[part]
    case 'vehicles':
      return sections.vehicle
    case 'consents':
      return sections.consent
    default:
      return sections.lead
  }
}
