import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { ACTIVITY_STATES, ACTIVITY_TYPES } from '../../../domain/activities/activity.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'
import { findActivity, listActivities } from '../../../repositories/activities/activities.ts'
import type { ActivityChange } from '../../../repositories/activities/activities.ts'
import { EXAMPLE_CHANGED_AT, EXAMPLE_IDS } from '../../../schemas/example-ids.ts'
import {
  ActivityPageSchema,
  ActivitySchema,
  ActivityTypeListSchema,
  CreateActivitySchema,
  PatchActivitySchema,
  presentActivity,
  presentActivityTypes
} from '../../../schemas/activities/activity.ts'
import { NamedList, WordList } from '../../../schemas/named.ts'
import {
  Id,
  CHANGES_DESCRIPTION,
  IdParams,
  DayFrom,
  DayTo,
  closed,
  oneOf,
  pageQuery,
  readInstant,
  ref,
  updatedPeriod
} from '../../../schemas/shared.ts'
import { changeActivity } from '../../../use-cases/activities/change-activity.ts'
import { createActivity } from '../../../use-cases/activities/create-activity.ts'
import type { NewActivity } from '../../../use-cases/activities/create-activity.ts'

const ActivityQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(
      oneOf(
        ['-createdAt', 'createdAt', '-dueAt', 'dueAt', '-updatedAt', 'updatedAt'],
        'Default: newest first. An order by `dueAt` leaves out activities without it. ' +
          `${CHANGES_DESCRIPTION} Removed activities are told by events \`activity.removed\`.`
      )
    ),
    user: Type.Optional(NamedList('user')),
    lead: Type.Optional(Id()),
    client: Type.Optional(Id()),
    opportunity: Type.Optional(Id()),
    createdBy: Type.Optional(NamedList('user', 'The user who planned the activity.')),
    state: Type.Optional(WordList(ACTIVITY_STATES)),
    type: Type.Optional(WordList(ACTIVITY_TYPES)),
    dueFrom: Type.Optional(
      DayFrom('Only activities due at this time or later, or from this day on.')
    ),
    dueTo: Type.Optional(
      DayTo('Only activities due before this time, or until the end of this day.')
    ),
    ...updatedPeriod('activities'),
    overdue: Type.Optional(
      Type.Boolean({
        description: '`true`: planned activities that were due before now. `false`: no filter.'
      })
    )
  },
  closed
)

/** Planned and finished work with a person. */
export const activityRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.post(
    '/activities',
    operation({
      id: 'createActivity',
      tag: 'Activities',
      summary: 'Create an activity',
      description:
        'An activity can have a lead, a client and an opportunity, or none of these. The ' +
        'response is 404 when the caller does not see one of these records. On a deleted lead nothing is ' +
        'planned for a time: 409.',
      access: access.tenant('member', 'write'),
      body: ref(CreateActivitySchema),
      responses: { 201: ref(ActivitySchema, 'The activity.') },
      shows: { 201: { userId: EXAMPLE_IDS.user } },
      problems: ['not-found', 'conflict'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const { kind, id } = tenantOf(request)
      const activity = readActivity(request.body, kind === 'user' ? id : null)
      return await sendCreated(request, reply, {
        now,
        create: (command) => createActivity(db, { ...command, mailDomain, activity }),
        present: presentActivity,
        location: (created) => `/v1/activities/${created.id}`
      })
    }
  )

  app.get(
    '/activities',
    operation({
      id: 'listActivities',
      tag: 'Activities',
      summary: 'List activities',
      description: 'An activity is listed when it passes all given filters.',
      access: access.tenant('member', 'read'),
      query: ActivityQuery,
      responses: { 200: ref(ActivityPageSchema, 'A page of activities.') },
      paged: true
    }),
    async (request, reply) => {
      const {
        dueFrom,
        dueTo,
        overdue,
        updatedFrom,
        updatedTo,
        sort: _sort,
        limit: _limit,
        cursor: _cursor,
        ...same
      } = request.query
      const due = {
        dueFrom: readInstant(dueFrom),
        dueTo: readInstant(dueTo),
        updatedFrom: readInstant(updatedFrom),
        updatedTo: readInstant(updatedTo),
        overdueAt: overdue === true ? now() : undefined
      }
      return await sendPage(db, request, reply, {
        list: (tx, page, principal) => listActivities(tx, principal, { ...same, ...due }, page),
        present: presentActivity
      })
    }
  )

  app.get(
    '/activity-types',
    operation({
      id: 'listActivityTypes',
      tag: 'Activities',
      summary: 'List activity types',
      description:
        'The types are the same for every dealer. Each has the outcomes that a done or missed ' +
        'activity can have.',
      access: access.tenant('member', 'read'),
      responses: { 200: ref(ActivityTypeListSchema, 'All types.') }
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
      responses: { 200: ref(ActivitySchema, 'The activity.') },
      problems: ['gone'],
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'activity',
        isTold: true,
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
        'RFC 7396 merge patch. The state `done` sets `doneAt`. Any other state clears it, ' +
        'and clears an outcome that the new state or type can’t have. A `missed` ' +
        'appointment is a no-show. The lead, the client and the opportunity can’t change. ' +
        'Activities of a deleted lead can’t change, save notes.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(PatchActivitySchema),
      responses: { 200: ref(ActivitySchema, 'The changed activity.') },
      shows: { 200: { doneAt: EXAMPLE_CHANGED_AT } },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeActivity(db, {
            ...command,
            activityId: request.params.id,
            change: readChange(request.body),
            mailDomain
          }),
        present: presentActivity
      })
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
