import type { ColleagueTopic } from '../../src/mail/wording/colleague-wording.ts'
import type { ColleagueContext } from '../../src/mail/compose/compose-colleague-mail.ts'
import type { Activity } from '../../src/domain/activities/activity.ts'
import type { NamedLinkRequest } from '../../src/domain/clients/link-request.ts'
import type { NamedHandover } from '../../src/domain/qualification/handover.ts'

const LEAD_ID = '0193a7c2-0000-7000-8000-000000000001'
const ANNA = { id: '0193a7c2-0000-7000-8000-0000000000a1', name: 'Anna Nowak' }
const OLEK = { id: '0193a7c2-0000-7000-8000-0000000000a2', name: 'Olek Lis' }

/** An offer of Anna's to Olek; a test names only the members it is about. */
export function handover(words: Partial<NamedHandover> = {}): NamedHandover {
  const at = new Date('2026-11-21T17:20:00Z')
  return {
    id: '0193a7c2-0000-7000-8000-0000000000b1',
    leadId: LEAD_ID,
    lead: { id: LEAD_ID, name: 'Łukasz', statusGroup: 'qualified', temperature: 'hot' },
    state: 'offered',
    fromUserId: ANNA.id,
    fromUser: ANNA,
    toUserId: OLEK.id,
    toUser: OLEK,
    toTeam: null,
    message: 'Ready to buy.\nWants figures today.',
    reason: null,
    expiresAt: new Date('2026-11-23T10:00:00Z'),
    endedAt: null,
    endedBy: null,
    endedByUser: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...words
  }
}

/** An appointment that Anna made for Olek, and what he says came of it. */
export function appointment(words: Partial<Activity> = {}): Activity {
  const at = new Date('2026-11-21T17:20:00Z')
  return {
    id: '0193a7c2-0000-7000-8000-0000000000c1',
    type: 'appointment',
    state: 'done',
    text: 'A note of Anna’s, which she knows',
    dueAt: new Date('2026-11-24T14:00:00Z'),
    doneAt: new Date('2026-11-24T15:10:00Z'),
    outcome: 'interested',
    feedback: 'Drove it.\nWants an offer.',
    remindAt: null,
    watchAt: null,
    userId: OLEK.id,
    createdBy: ANNA.id,
    leadId: LEAD_ID,
    opportunityId: null,
    clientId: null,
    version: 2,
    createdAt: at,
    updatedAt: at,
    ...words
  }
}

const ended = { endedAt: new Date('2026-11-22T09:00:00Z') }
const answered = { ...ended, endedBy: OLEK.id, endedByUser: OLEK }

/** Anna asks Olek to link her lead to a client of his. */
export function linkRequest(words: Partial<NamedLinkRequest> = {}): NamedLinkRequest {
  const at = new Date('2026-11-21T17:20:00Z')
  const client = { id: '0193a7c2-0000-7000-8000-0000000000d1', name: 'Łukasz Żółć' }
  return {
    id: '0193a7c2-0000-7000-8000-0000000000b2',
    leadId: LEAD_ID,
    lead: { id: LEAD_ID, name: 'Łukasz' },
    clientId: client.id,
    client,
    state: 'asked',
    fromUserId: ANNA.id,
    fromUser: ANNA,
    toUserId: OLEK.id,
    toUser: OLEK,
    message: 'He came to my desk today.',
    reason: null,
    withdrawalCode: null,
    expiresAt: new Date('2026-11-28T17:20:00Z'),
    endedAt: null,
    endedBy: null,
    endedByUser: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...words
  }
}

/** One of everything that colleagues write to each other. */
export const CONTEXTS: Record<ColleagueTopic, ColleagueContext> = {
  offer: { handover: handover() },
  accepted: { handover: handover({ state: 'accepted', ...answered }) },
  declined: { handover: handover({ state: 'declined', reason: 'Not our store', ...answered }) },
  expired: { handover: handover({ state: 'expired', ...ended }) },
  withdrawn: { handover: handover({ state: 'withdrawn', ...ended }) },
  linkRequest: { linkRequest: linkRequest() },
  linkAccepted: { linkRequest: linkRequest({ state: 'accepted', ...answered }) },
  linkDeclined: {
    linkRequest: linkRequest({ state: 'declined', reason: 'Another Łukasz', ...answered })
  },
  linkExpired: { linkRequest: linkRequest({ state: 'expired', ...ended }) },
  linkWithdrawn: {
    linkRequest: linkRequest({
      state: 'withdrawn',
      withdrawalCode: 'request_client_merged',
      ...answered
    })
  },
  feedback: { activity: appointment(), byName: OLEK.name }
}
