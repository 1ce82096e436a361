import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { ACTIVITY_STATES, ACTIVITY_TYPES } from '../../../domain/activities/activity.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { findActivity, listActivities } from '../../../repositories/activities/activities.ts'
import type { ActivityChange } from '../../../repositories/activities/activities.ts'
import {
  ActivityPageSchema,
  ActivitySchema,
  ActivityTypeListSchema,
  CreateActivitySchema,
  PatchActivitySchema,
  presentActivity,
  presentActivityTypes
} from '../../../schemas/activities/activity.ts'
import {
  Id,
  IdParams,
  Instant,
  closed,
  oneOf,
  pageQuery,
  readInstant,
  ref
} from '../../../schemas/shared.ts'
import {
  changeActivity,
  createActivity,
  lockInOrder
} from '../../../use-cases/activities/write-activity.ts'
import type { ActivityRefusal, NewActivity } from '../../../use-cases/activities/write-activity.ts'
import { createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne, sendPage } from '../../../http/resources.ts'
import { unknownUser } from '../access/user-refusals.ts'

const ActivityQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(
      oneOf(
        ['-createdAt', 'createdAt', '-dueAt', 'dueAt'],
        'Default: newest first. By `dueAt`, activities without one are left out.'
      )
    ),
    user: Type.Optional(Id()),
    lead: Type.Optional(Id()),
    client: Type.Optional(Id()),
    opportunity: Type.Optional(Id()),
    createdBy: Type.Optional(Id('The user who arranged it.')),
    state: Type.Optional(oneOf(ACTIVITY_STATES)),
    type: Type.Optional(oneOf(ACTIVITY_TYPES)),
    dueFrom: Type.Optional(Instant('Due at this time or later.')),
    dueTo: Type.Optional(Instant('Due before this time.')),
    overdue: Type.Optional(
      Type.Boolean({ description: '`true`: planned, and due before now. `false`: no filter.' })
    )
  },
  closed
)

/** What was done, or is to be done, with a person. */
export const activityRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.post(
    '/activities',
    operation({
      id: 'createActivity',
      tag: 'Activities',
      summary: 'Add an activity',
      description:
        'About a lead, a client, an opportunity, several of them or none. What the caller does not see ' +
        'answers 404.',
      access: access.tenant('member', 'write'),
      body: ref(CreateActivitySchema),
      answers: { 201: ref(ActivitySchema, 'The activity.') },
      problems: ['not-found'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const self = principal.kind === 'user' ? principal.id : null
      const incoming = readActivity(request.body, self)
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const call = { principal, actor: actorOf(principal), incoming, now: now() }
        const activity = await createActivity(tx, call)
        if ('refusal' in activity) throw refuseActivity(activity.refusal)
        const { id, version } = activity
        return { body: presentActivity(activity), location: `/v1/activities/${id}`, version }
      })
    }
  )

  app.get(
    '/activities',
    operation({
      id: 'listActivities',
      tag: 'Activities',
      summary: 'List activities',
      description: 'Filters narrow the list; all given ones hold.',
      access: access.tenant('member', 'read'),
      query: ActivityQuery,
      answers: { 200: ref(ActivityPageSchema, 'A page of activities.') },
      paged: true
    }),
    async (request, reply) => {
      const {
        dueFrom,
        dueTo,
        overdue,
        sort,
        limit: _limit,
        cursor: _cursor,
        ...same
      } = request.query
      const due = {
        dueFrom: readInstant(dueFrom),
        dueTo: readInstant(dueTo),
        overdueAt: overdue === true ? now() : undefined
      }
      const order = sort?.endsWith('dueAt') === true ? 'due' : 'created'
      return await sendPage(db, request, reply, {
        list: (tx, page, principal) =>
          listActivities(tx, principal, { ...same, ...due }, { ...page, order }),
        present: presentActivity
      })
    }
  )

  app.get(
    '/activity-types',
    operation({
      id: 'listActivityTypes',
      tag: 'Activities',
      summary: 'List the types of activities',
      description: 'Always the same, each with the outcomes it can have when done or missed.',
      access: access.tenant('member', 'read'),
      answers: { 200: ref(ActivityTypeListSchema, 'All types.') }
    }),
    () => presentActivityTypes()
  )

  app.get(
    '/activities/:id',
    operation({
      id: 'getActivity',
      tag: 'Activities',
      summary: 'Read an activity',
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: ref(ActivitySchema, 'The activity.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'activity',
        find: (tx, id, principal) => findActivity(tx, principal, id),
        present: presentActivity
      })
  )

  app.patch(
    '/activities/:id',
    operation({
      id: 'updateActivity',
      tag: 'Activities',
      summary: 'Change an activity',
      description:
        'RFC 7396 merge patch. The state `done` sets `doneAt`; any other clears it, and an outcome ' +
        'that the new state or type can’t have goes too. An appointment that is `missed` is a ' +
        'no-show. What an activity is about never changes.',
      access: access.tenant('member', 'write'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchActivitySchema),
      answers: { 200: ref(ActivitySchema, 'The activity as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const change = readChange(request.body)
      return await changeOne(db, request, reply, {
        noun: 'activity',
        lock: (tx, id, principal) => lockInOrder(tx, principal, id),
        present: presentActivity,
        change: async (tx, before, principal) => {
          const call = { actor: actorOf(principal), change, now: now(), mailDomain }
          const activity = await changeActivity(tx, before, call)
          if ('refusal' in activity) throw refuseActivity(activity.refusal)
          return activity
        }
      })
    }
  )
}

function readActivity(
  { dueAt, doneAt, remindAt, ...body }: Static<typeof CreateActivitySchema>,
  self: string | null
): NewActivity {
  return {
    type: body.type,
    state: body.state ?? 'planned',
    text: body.text ?? null,
    dueAt: readInstant(dueAt) ?? null,
    doneAt: readInstant(doneAt) ?? null,
    outcome: body.outcome ?? null,
    feedback: body.feedback ?? null,
    remindAt: readInstant(remindAt) ?? null,
    createdBy: self,
    userId: body.userId === undefined ? self : body.userId,
    leadId: body.leadId ?? null,
    clientId: body.clientId ?? null,
    opportunityId: body.opportunityId ?? null
  }
}

function readChange({
  dueAt,
  doneAt,
  remindAt,
  ...plain
}: Static<typeof PatchActivitySchema>): ActivityChange {
  const [due, done, remind] = [readInstant(dueAt), readInstant(doneAt), readInstant(remindAt)]
  return {
    ...plain,
    ...(due === undefined ? {} : { dueAt: due }),
    ...(done === undefined ? {} : { doneAt: done }),
    ...(remind === undefined ? {} : { remindAt: remind })
  }
}

function refuseActivity(refusal: ActivityRefusal): Problem {
  switch (refusal) {
    case 'unknown-lead':
      return problems.notFound('lead')
    case 'unknown-client':
      return problems.notFound('client')
    case 'unknown-opportunity':
      return problems.notFound('opportunity')
    case 'other-client':
      return problems.validation([
        { pointer: '/opportunityId', message: 'is not one of this client’s opportunities' }
      ])
    case 'unknown-user':
      return unknownUser('/userId')
    case 'not-done':
      return problems.validation([
        { pointer: '/doneAt', message: 'is only for activities whose state is done' }
      ])
    case 'unfit-outcome':
      return problems.validation([
        { pointer: '/outcome', message: 'is none that an activity of this type and state can have' }
      ])
  }
}
