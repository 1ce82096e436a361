import { Type } from '@fastify/type-provider-typebox'

import { closed, nullable } from '../shared.ts'

export const IssuedCalendarSchema = Type.Object(
  {
    url: nullable(
      Type.String({
        format: 'uri',
        description:
          'Everyone with this address can read the calendar. Null in a repeated response.'
      })
    )
  },
  {
    $id: 'IssuedCalendar',
    ...closed,
    description: 'The address of a calendar, shown this once.',
    examples: [
      {
        url: 'https://leads.example/v1/calendars/lc_02Hr9cWbZ7kQ4tYxN1sVbPd8FgT5mLw3RjK6yC0uXeA7nZiSqD1hGvE2oMfB4.ics'
      }
    ]
  }
)

export const CalendarStateSchema = Type.Object(
  { exists: Type.Boolean({ description: 'Whether there is an address that is answered.' }) },
  { $id: 'CalendarState', ...closed, examples: [{ exists: true }] }
)

export const calendarSchemas = [IssuedCalendarSchema, CalendarStateSchema]
