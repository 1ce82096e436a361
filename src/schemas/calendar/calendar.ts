import { Type } from '@fastify/type-provider-typebox'

import { closed, nullable } from '../shared.ts'

export const IssuedCalendarSchema = Type.Object(
  {
    url: nullable(
      Type.String({
        format: 'uri',
        description:
          'Anyone with this address can read the calendar. Null in the response to a repeat.'
      })
    )
  },
  {
    $id: 'IssuedCalendar',
    ...closed,
    description: 'The address of a calendar, shown only once.',
    examples: [
      {
        url: 'https://leads.example/v1/calendars/lc_02Hr9cWbZ7kQ4tYxN1sVbPd8FgT5mLw3RjK6yC0uXeA7nZiSqD1hGvE2oMfB4.ics'
      }
    ]
  }
)

export const CalendarStateSchema = Type.Object(
  { exists: Type.Boolean({ description: 'Whether the calendar has an address.' }) },
  { $id: 'CalendarState', ...closed, examples: [{ exists: true }] }
)

export const calendarSchemas = [IssuedCalendarSchema, CalendarStateSchema]
