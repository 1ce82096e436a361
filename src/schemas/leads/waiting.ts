import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { TEAMS } from '../../domain/access/permissions.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import { WAITING_ACTIONS, WAITING_KINDS } from '../../domain/qualification/waiting.ts'
import type { Waiting } from '../../domain/qualification/waiting.ts'
import { sayWaiting } from '../../wording/waiting.ts'
import { Id, Instant, ReferenceSchema, closed, nullable, oneOf, ref } from '../shared.ts'
import { EXAMPLE_COLLEAGUE, EXAMPLE_IDS, EXAMPLE_USER } from '../example-ids.ts'

const COLLECTIONS: Record<Waiting['kind'], string> = {
  link_request: 'link-requests',
  handover: 'handovers'
}

export const WaitingSchema = Type.Object(
  {
    kind: oneOf(WAITING_KINDS),
    id: Id('The id of the request or offer.'),
    sentence: Type.String({ description: 'What waits, in the language of the reader.' }),
    next: Type.String({ description: 'Who can decide, and what the caller can do, as a text.' }),
    from: nullable(ref(ReferenceSchema, 'The user who asked or offered. Null: a key.')),
    toUser: nullable(ref(ReferenceSchema, 'The user who is to answer.')),
    toTeam: nullable(
      Type.Object(
        { key: oneOf(TEAMS), name: Type.String() },
        { ...closed, description: 'The team of which a member is to answer.' }
      )
    ),
    client: nullable(
      ref(
        ReferenceSchema,
        'The client of a request. Null: it is an offer, or the caller has no part in the request.'
      )
    ),
    message: nullable(Type.String()),
    since: Instant(),
    expiresAt: nullable(Instant('When it ends without an answer. Null: it does not.')),
    actions: Type.Array(
      Type.Object(
        { name: oneOf(WAITING_ACTIONS), method: oneOf(['POST']), path: Type.String() },
        closed
      ),
      { description: 'The operations with which the caller can end it.' }
    )
  },
  {
    $id: 'Waiting',
    ...closed,
    description: 'An open request or offer of a lead.',
    examples: [
      {
        kind: 'handover',
        id: EXAMPLE_IDS.handover,
        sentence: 'Anna Nowak offered the lead to Olek Lis.',
        next: 'Olek Lis can accept or decline. You can withdraw.',
        from: EXAMPLE_USER,
        toUser: EXAMPLE_COLLEAGUE,
        toTeam: null,
        client: null,
        message: 'Ready to buy, wants figures today.',
        since: '2026-11-21T17:20:00.000Z',
        expiresAt: '2026-11-23T10:00:00.000Z',
        actions: [
          {
            name: 'withdraw',
            method: 'POST',
            path: `/v1/handovers/${EXAMPLE_IDS.handover}/withdraw`
          }
        ]
      }
    ]
  }
)

export function presentWaiting(waiting: Waiting, locale: Locale): Static<typeof WaitingSchema> {
  const { kind, id, toTeam, since, expiresAt } = waiting
  const { what: sentence, next } = sayWaiting(waiting, locale)
  return {
    ...waiting,
    sentence,
    next,
    toTeam: toTeam && { key: toTeam.key, name: toTeam.name },
    since: since.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    actions: waiting.actions.map((name) => ({
      name,
      method: 'POST' as const,
      path: `/v1/${COLLECTIONS[kind]}/${id}/${name}`
    }))
  }
}
