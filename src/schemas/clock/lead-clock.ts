import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { LeadClock, Milestone } from '../../domain/clock/lead-clock.ts'
import { Instant, closed, nullable } from '../shared.ts'

const Seconds = (description: string) => Type.Integer({ minimum: 0, description })

const ELAPSED = {
  seconds: Seconds('Since the lead arrived.'),
  workingSeconds: Seconds('Of these, working time of the lead’s queue, or else of the dealer.')
}

const Moment = (description: string) =>
  Type.Object({ at: Instant(), ...ELAPSED }, { ...closed, description })

export const LeadClockSchema = Type.Object(
  {
    received: Moment('When the lead arrived.'),
    assigned: nullable(Moment('When somebody first had it.')),
    attempted: nullable(
      Moment('When somebody first tried to reach the person: a call, an e-mail or a meeting, done.')
    ),
    reached: nullable(
      Moment(
        'When somebody first spoke or wrote with the person: a call with the outcome `reached` or ' +
          '`call_back`, an e-mail with `replied`, or a meeting.'
      )
    ),
    met: nullable(
      Moment(
        'When somebody first met the person: a meeting, appointment, test drive or visit, done.'
      )
    ),
    respondBy: nullable(
      Instant('By when somebody is to have tried. Null: nobody waits for that, or somebody has.')
    ),
    overdue: Type.Boolean({ description: 'Whether `respondBy` has passed.' }),
    escalations: Seconds('How often nobody had tried in time.'),
    running: nullable(
      Type.Object(ELAPSED, {
        ...closed,
        description:
          'How long the person has waited so far. Null: somebody has tried, or it is closed.'
      })
    )
  },
  {
    $id: 'LeadClock',
    ...closed,
    description:
      'How fast people acted on a lead. Only what a person did counts: activities with a user that ' +
      'are done. Automatic answers and changes of status stop nothing.',
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
