import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { LeadClock, Milestone } from '../../domain/clock/lead-clock.ts'
import { Instant, closed, nullable } from '../shared.ts'

const Seconds = (description: string) => Type.Integer({ minimum: 0, description })

const ELAPSED = {
  seconds: Seconds('Seconds since the lead was received.'),
  workingSeconds: Seconds(
    'Seconds of working time since the lead was received, by the hours of the lead’s queue, ' +
      'otherwise of the dealer.'
  )
}

const Moment = (description: string) =>
  Type.Object({ at: Instant(), ...ELAPSED }, { ...closed, description })

export const LeadClockSchema = Type.Object(
  {
    received: Moment('The time when the lead was received.'),
    assigned: nullable(Moment('The first assignment to a user.')),
    attempted: nullable(
      Moment('The first attempt to reach the person: a finished call, e-mail or meeting.')
    ),
    reached: nullable(
      Moment(
        'The first two-way contact with the person: a call with the outcome `reached` or ' +
          '`call_back`, an e-mail with `replied`, or a meeting.'
      )
    ),
    met: nullable(
      Moment('The first finished meeting, appointment, test drive or visit with the person.')
    ),
    respondBy: nullable(
      Instant(
        'The time until which a first attempt is due. Null when none is due, or after the attempt.'
      )
    ),
    overdue: Type.Boolean({ description: 'Whether `respondBy` has passed.' }),
    escalations: Seconds('The number of missed response limits.'),
    running: nullable(
      Type.Object(ELAPSED, {
        ...closed,
        description:
          'The time that the person has waited so far. Null after the first attempt, and for closed leads.'
      })
    )
  },
  {
    $id: 'LeadClock',
    ...closed,
    description:
      'The response times of a lead. Only finished activities of a user count. Auto-responses and ' +
      'changes of status do not.',
    examples: [
      {
        received: { at: '2026-11-21T17:03:12.345Z', seconds: 0, workingSeconds: 0 },
        assigned: { at: '2026-11-21T17:03:12.345Z', seconds: 0, workingSeconds: 0 },
        attempted: { at: '2026-11-23T08:12:00.000Z', seconds: 140927, workingSeconds: 720 },
        reached: null,
        met: null,
        respondBy: null,
        overdue: false,
        escalations: 0,
        running: null
      }
    ]
  }
)

export const leadClockSchemas = [LeadClockSchema]

export function presentLeadClock(clock: LeadClock): Static<typeof LeadClockSchema> {
  const { received, assigned, attempted, reached, met, respondBy, ...rest } = clock
  return {
    received: presentMoment(received),
    assigned: assigned && presentMoment(assigned),
    attempted: attempted && presentMoment(attempted),
    reached: reached && presentMoment(reached),
    met: met && presentMoment(met),
    respondBy: respondBy?.toISOString() ?? null,
    ...rest
  }
}

function presentMoment({ at, seconds, workingSeconds }: Milestone) {
  return { at: at.toISOString(), seconds, workingSeconds }
}
