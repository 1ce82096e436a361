import type { ActivityOutcome, ActivityType } from '../domain/activities/activity.ts'
import type { Locale } from '../domain/dealers/dealer.ts'

/** The words for what an activity is and what came of it. */
export interface ActivityWording {
  types: Record<ActivityType, string>
  outcomes: Record<ActivityOutcome, string>
}

export const ACTIVITY_WORDINGS: Record<Locale, ActivityWording> = {
  en: {
    types: {
      call: 'Call',
      email: 'E-mail',
      meeting: 'Meeting',
      appointment: 'Appointment',
      test_drive: 'Test drive',
      offer: 'Offer',
      reservation: 'Reservation',
      contract: 'Contract',
      visit: 'Visit',
      note: 'Note'
    },
    outcomes: {
      reached: 'Reached',
      call_back: 'Call back',
      no_answer: 'No answer',
      busy: 'Busy',
      voicemail: 'Voicemail',
      wrong_number: 'Wrong number',
      sent: 'Sent',
      replied: 'Replied',
      bounced: 'Bounced',
      interested: 'Interested',
      undecided: 'Undecided',
      not_interested: 'Not interested',
      rescheduled: 'Rescheduled',
      called_off: 'Called off',
      sold: 'Sold',
      accepted: 'Accepted',
      negotiating: 'Negotiating',
      rejected: 'Rejected',
      expired: 'Expired',
      confirmed: 'Confirmed',
      withdrawn: 'Withdrawn',
      signed: 'Signed'
    }
  },
  es: {
    types: {
      call: 'Llamada',
      email: 'Correo',
      meeting: 'Reunión',
      appointment: 'Cita',
      test_drive: 'Prueba de conducción',
      offer: 'Oferta',
      reservation: 'Reserva',
      contract: 'Contrato',
      visit: 'Visita',
      note: 'Nota'
    },
    outcomes: {
      reached: 'Localizado',
      call_back: 'Volver a llamar',
      no_answer: 'Sin respuesta',
      busy: 'Ocupado',
      voicemail: 'Buzón de voz',
      wrong_number: 'Número equivocado',
      sent: 'Enviado',
      replied: 'Respondido',
      bounced: 'Devuelto',
      interested: 'Interesado',
      undecided: 'Indeciso',
      not_interested: 'Sin interés',
      rescheduled: 'Aplazado',
      called_off: 'Anulado',
      sold: 'Vendido',
      accepted: 'Aceptado',
      negotiating: 'En negociación',
      rejected: 'Rechazado',
      expired: 'Caducado',
      confirmed: 'Confirmado',
      withdrawn: 'Retirado',
      signed: 'Firmado'
    }
  },
  pl: {
    types: {
      call: 'Telefon',
      email: 'E-mail',
      meeting: 'Spotkanie',
      appointment: 'Umówiona wizyta',
      test_drive: 'Jazda próbna',
      offer: 'Oferta',
      reservation: 'Rezerwacja',
      contract: 'Umowa',
      visit: 'Wizyta',
      note: 'Notatka'
    },
    outcomes: {
      reached: 'Udało się porozmawiać',
      call_back: 'Oddzwonić',
      no_answer: 'Brak odpowiedzi',
      busy: 'Zajęte',
      voicemail: 'Poczta głosowa',
      wrong_number: 'Błędny numer',
      sent: 'Wysłano',
      replied: 'Jest odpowiedź',
      bounced: 'Nie dostarczono',
      interested: 'Klient zainteresowany',
      undecided: 'Klient się waha',
      not_interested: 'Brak zainteresowania',
      rescheduled: 'Przełożono',
      called_off: 'Odwołano',
      sold: 'Sprzedano',
      accepted: 'Przyjęto',
      negotiating: 'Trwają negocjacje',
      rejected: 'Odrzucono',
      expired: 'Wygasło',
      confirmed: 'Potwierdzono',
      withdrawn: 'Wycofano',
      signed: 'Podpisano'
    }
  }
}
