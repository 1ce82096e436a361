import type { CalendarType } from '../domain/calendar/calendar-entry.ts'
import type { Locale } from '../domain/dealers/dealer.ts'

/** The name of each activity type in calendars. */
export const CALENDAR_WORDS: Record<Locale, Record<CalendarType, string>> = {
  en: {
    call: 'Call',
    meeting: 'Meeting',
    appointment: 'Appointment',
    test_drive: 'Test drive',
    visit: 'Visit',
    contract: 'Contract'
  },
  es: {
    call: 'Llamada',
    meeting: 'Reunión',
    appointment: 'Cita',
    test_drive: 'Prueba de conducción',
    visit: 'Visita',
    contract: 'Contrato'
  },
  pl: {
    call: 'Telefon',
    meeting: 'Spotkanie',
    appointment: 'Umówiona wizyta',
    test_drive: 'Jazda próbna',
    visit: 'Wizyta',
    contract: 'Umowa'
  }
}
