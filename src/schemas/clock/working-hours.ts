import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { WEEKDAYS } from '../../domain/clock/working-hours.ts'
import type { WorkingHours } from '../../domain/clock/working-hours.ts'
import { closed, nullable, requiredText } from '../shared.ts'
import { formed } from '../text-forms.ts'

const MAX_WINDOWS = 6
const MAX_HOLIDAYS = 400

const WindowSchema = Type.Object(
  {
    from: Type.String({
      pattern: /^([01][0-9]|2[0-3]):[0-5][0-9]$/u.source,
      description: 'The start, `HH:MM`.'
    }),
    to: Type.String({
      pattern: /^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/u.source,
      description: 'The end, `HH:MM`, excluded. A time not after `from` is on the next day.'
    })
  },
  closed
)

const Windows = () => Type.Array(WindowSchema, { maxItems: MAX_WINDOWS })

export const WorkingHoursSchema = Type.Object(
  {
    timeZone: Type.Optional(
      nullable(
        formed(requiredText(60, 'An IANA time zone. Null or omitted: the dealer’s.'), 'time-zone')
      )
    ),
    week: Type.Partial(
      Type.Object(
        Object.fromEntries(WEEKDAYS.map((day) => [day, Windows()])) as Record<
          (typeof WEEKDAYS)[number],
          ReturnType<typeof Windows>
        >
      ),
      { ...closed, description: 'The working hours of each weekday. An omitted day has none.' }
    ),
    holidays: Type.Optional(
      Type.Array(Type.String({ format: 'date' }), {
        maxItems: MAX_HOLIDAYS,
        description: 'Local dates without working hours.'
      })
    )
  },
  {
    $id: 'WorkingHours',
    ...closed,
    description:
      'Working hours in local time. When daylight saving time begins, the skipped hour does ' +
      'not count; when it ends, the repeated hour counts twice.',
    examples: [
      {
        timeZone: null,
        week: {
          monday: [
            { from: '09:00', to: '13:00' },
            { from: '14:00', to: '18:00' }
          ],
          saturday: [{ from: '09:00', to: '14:00' }]
        },
        holidays: ['2026-12-25']
      }
    ]
  }
)

/** Working hours as the domain holds them. */
export function readWorkingHours(
  hours: Static<typeof WorkingHoursSchema> | null
): WorkingHours | null {
  if (hours === null) return null
  const { timeZone, week, holidays } = hours
  return { timeZone: timeZone ?? null, week, holidays: [...new Set(holidays)].sort() }
}
