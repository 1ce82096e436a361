import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { issueSecret, readSecret } from '../../../security/credentials.ts'
import type { Database } from '../../../database/client.ts'
import { renderCalendar } from '../../../calendar/calendar-feed.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import {
  clearCalendarHash,
  findCalendarOwner,
  hasCalendar,
  listCalendarEntries,
  setCalendarHash
} from '../../../repositories/calendar/calendars.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { NewEvent } from '../../../repositories/events/record-events.ts'
import { CalendarStateSchema, IssuedCalendarSchema } from '../../../schemas/calendar/calendar.ts'
import { closed, ref, requiredText } from '../../../schemas/shared.ts'
import { createOnce } from '../../../http/conventions.ts'
import { sendDocument } from '../../../http/documents.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

const TokenParams = Type.Object(
  { token: requiredText(100, 'From the address that `createMyCalendar` answered.') },
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

/** An answer that is a document and no JSON. */
const CalendarAnswer = Type.Unsafe<string>({
  description: 'The calendar as iCalendar (RFC 5545).',
  content: { 'text/calendar': { schema: { type: 'string', examples: [EXAMPLE] } } }
})

/** A user's appointments in any calendar, by an address that only they know. */
export const calendarRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl }
) => {
  app.post(
    '/me/calendar',
    operation({
      id: 'createMyCalendar',
      tag: 'Calendars',
      summary: 'Make an address for your own calendar',
      description:
        'To subscribe to in any calendar. Whoever has the address reads the calendar: it is shown ' +
        'this once, and a new one replaces the one before.',
      access: access.tenant('member', null),
      answers: { 201: ref(IssuedCalendarSchema, 'The address, shown this once.') },
      idempotent: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const secret = issueSecret('lc_', principal.dealerId)
        await setCalendarHash(tx, principal.id, secret.hash)
        await recordEvents(tx, actorOf(principal), now(), [changeOf(principal)])
        return {
          body: { url: `${publicUrl}/v1/calendars/${secret.text}.ics` },
          bodyOnReplay: { url: null },
          location: '/v1/me/calendar'
        }
      })
    }
  )

  app.get(
    '/me/calendar',
    operation({
      id: 'getMyCalendar',
      tag: 'Calendars',
      summary: 'Read whether your calendar has an address',
      access: access.tenant('member', null),
      answers: { 200: ref(CalendarStateSchema, 'Whether it has one; which, nobody knows but you.') }
    }),
    async (request) => {
      const { dealerId, id } = tenantOf(request)
      return { exists: await db.transaction(dealerId, (tx) => hasCalendar(tx, id)) }
    }
  )

  app.delete(
    '/me/calendar',
    operation({
      id: 'deleteMyCalendar',
      tag: 'Calendars',
      summary: 'Take your calendar’s address away',
      description: 'It is answered no longer.',
      access: access.tenant('member', null),
      answers: { 204: Type.Null({ description: 'There is none.' }) }
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      await db.transaction(principal.dealerId, async (tx) => {
        const hadOne = await clearCalendarHash(tx, principal.id)
        if (hadOne) await recordEvents(tx, actorOf(principal), now(), [changeOf(principal)])
      })
      return await reply.code(204).send(null)
    }
  )

  app.get(
    '/calendars/:token',
    operation({
      id: 'getCalendar',
      tag: 'Calendars',
      summary: 'Read a calendar by its address',
      description:
        'A user’s calls, meetings, appointments, test drives, visits and contracts with a time, from ' +
        '90 days back to 365 days ahead, 2,000 at most. `If-None-Match` is heeded.',
      access: access.anyone,
      params: TokenParams,
      answers: {
        200: CalendarAnswer,
        304: Type.Null({ description: 'It is as it was.' })
      }
    }),
    async (request, reply) => {
      const document = await findCalendar(db, request.params.token, { at: now(), publicUrl })
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
  { at, publicUrl }: { at: Date; publicUrl: string }
): Promise<string | null> {
  const secret = readSecret('lc_', token.replace(/\.ics$/, ''))
  if (!secret) return null
  const found = await db.transaction(secret.dealerId, async (tx) => {
    const owner = await findCalendarOwner(tx, secret.hash)
    const dealer = owner && (await findDealer(tx))
    return dealer && { owner, dealer, entries: await listCalendarEntries(tx, owner.id, at) }
  })
  if (!found) return null
  const { owner, dealer, entries } = found
  const { locale } = dealer
  return renderCalendar({ owner: owner.name, dealer: dealer.name, locale, entries, publicUrl })
}

function changeOf({ id }: TenantPrincipal): NewEvent {
  return { type: 'user.updated', subject: { type: 'user', id }, data: { fields: ['calendar'] } }
}
