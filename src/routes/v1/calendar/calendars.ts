import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { renderCalendar } from '../../../calendar/calendar-feed.ts'
import type { Database } from '../../../database/client.ts'
import { sendDocument } from '../../../http/documents.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import { read, sendCreated, sendDone } from '../../../http/resources.ts'
import {
  findCalendarOwner,
  hasCalendar,
  listCalendarEntries
} from '../../../repositories/calendar/calendars.ts'
import { findUserPrincipal } from '../../../repositories/access/principals.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { CalendarStateSchema, IssuedCalendarSchema } from '../../../schemas/calendar/calendar.ts'
import { closed, ref, requiredText } from '../../../schemas/shared.ts'
import { entryUrl } from '../../../mail/purposes/lead-url.ts'
import { readSecret } from '../../../security/credentials.ts'
import { createCalendar } from '../../../use-cases/calendar/create-calendar.ts'
import type { NewCalendar } from '../../../use-cases/calendar/create-calendar.ts'
import { deleteCalendar } from '../../../use-cases/calendar/delete-calendar.ts'

const TokenParams = Type.Object(
  { token: requiredText(100, 'The secret in the address that `POST /v1/me/calendar` returned.') },
  closed
)

const EXAMPLE = [
  'BEGIN:VCALENDAR',
  'PRODID:-//Leadyard//Leadyard//EN',
  'VERSION:2.0',
  'BEGIN:VEVENT',
  'UID:01938f2e-0007-7000-8000-000000000007@leadyard.example',
  'DTSTAMP:20261121T172000Z',
  'DTSTART:20261124T130000Z',
  'DTEND:20261124T133000Z',
  'SUMMARY:Test drive: Łukasz Żółć\\, Kia Ceed',
  'STATUS:CONFIRMED',
  'END:VEVENT',
  'END:VCALENDAR',
  ''
].join('\r\n')

/** A response that is a document instead of JSON. */
const CalendarResponse = Type.Unsafe<string>({
  description: 'The calendar as iCalendar (RFC 5545).',
  content: { 'text/calendar': { schema: { type: 'string', examples: [EXAMPLE] } } }
})

/** A feed of a user's appointments for calendar programs, at a secret address. */
export const calendarRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl, linkSecret }
) => {
  app.post(
    '/me/calendar',
    operation({
      id: 'createMyCalendar',
      tag: 'Calendars',
      summary: 'Create the address of your calendar',
      description:
        'A calendar program can subscribe to the address. Everyone with the address can ' +
        'read the calendar. The address is shown once. A new address replaces the previous ' +
        'address.',
      access: access.tenant('member', null),
      responses: { 201: ref(IssuedCalendarSchema, 'The address, shown once.') },
      idempotent: true
    }),
    async (request, reply) =>
      await sendCreated(request, reply, {
        now,
        create: (command) => createCalendar(db, command),
        present: ({ secret }: NewCalendar): { url: string | null } => ({
          url: `${publicUrl()}/v1/calendars/${secret}.ics`
        }),
        presentReplay: () => ({ url: null }),
        location: () => '/v1/me/calendar'
      })
  )

  app.get(
    '/me/calendar',
    operation({
      id: 'getMyCalendar',
      tag: 'Calendars',
      summary: 'Check whether your calendar has an address',
      access: access.tenant('member', null),
      responses: {
        200: ref(CalendarStateSchema, 'Whether an address exists. The address itself is not shown.')
      }
    }),
    async (request) => ({
      exists: await read(db, request, (tx, principal) => hasCalendar(tx, principal.id))
    })
  )

  app.delete(
    '/me/calendar',
    operation({
      id: 'deleteMyCalendar',
      tag: 'Calendars',
      summary: 'Remove the address of your calendar',
      description: 'The address is no longer valid.',
      access: access.tenant('member', null),
      responses: { 204: Type.Null({ description: 'Removed.' }) }
    }),
    async (request, reply) =>
      await sendDone(request, reply, { now, run: (command) => deleteCalendar(db, command) })
  )

  app.get(
    '/calendars/:token',
    operation({
      id: 'getCalendar',
      tag: 'Calendars',
      summary: 'Read a calendar',
      description:
        'The calendar has the calls, meetings, appointments, test drives, visits and ' +
        'contract signings of a user that have a time, from 90 days ago to 365 days ahead, ' +
        'at most 2,000. `If-None-Match` is supported.',
      access: access.anyone,
      params: TokenParams,
      responses: {
        200: CalendarResponse,
        304: Type.Null({ description: 'Not modified.' })
      }
    }),
    async (request, reply) => {
      const document = await findCalendar(db, request.params.token, {
        at: now(),
        publicUrl: publicUrl(),
        linkSecret
      })
      if (document === null) throw problems.notFound('calendar')
      return sendDocument(request, reply, {
        mediaType: 'text/calendar; charset=utf-8',
        body: document
      })
    }
  )
}

async function findCalendar(
  db: Database,
  token: string,
  { at, ...links }: { at: Date; publicUrl: string; linkSecret: string }
): Promise<string | null> {
  const secret = readSecret('lc_', token.replace(/\.ics$/, ''))
  if (!secret) return null
  const found = await db.read(secret.dealerId, async (tx) => {
    const owner = await findCalendarOwner(tx, secret.hash)
    const dealer = owner && (await findDealer(tx))
    const reader = owner && (await findUserPrincipal(tx, owner.id))
    if (!dealer || !reader) return null
    return { owner, dealer, entries: await listCalendarEntries(tx, reader, at) }
  })
  if (!found) return null
  const { owner, dealer, entries } = found
  const linking = { ...links, dealer, userId: owner.id, now: at }
  return renderCalendar({
    owner: owner.name,
    dealer: dealer.name,
    locale: owner.locale ?? dealer.locale,
    entries,
    linkOf: (entry) => entryUrl(entry, linking)
  })
}
