import type { ActivityOutcome, ActivityType } from '../../domain/activities/activity.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'

/** The purposes of mails between users. */
export const COLLEAGUE_TOPICS = ['offer', 'accepted', 'declined', 'expired', 'feedback'] as const
export type ColleagueTopic = (typeof COLLEAGUE_TOPICS)[number]

/** Our own text in mails between colleagues, in one language. */
export interface ColleagueWording {
  subjects: Record<ColleagueTopic, string>
  intros: Record<ColleagueTopic, string>
  sections: { handover: string; activity: string; lead: string }
  rows: Record<
    | 'from'
    | 'message'
    | 'expiresAt'
    | 'answeredBy'
    | 'reason'
    | 'type'
    | 'dueAt'
    | 'state'
    | 'by'
    | 'outcome'
    | 'feedback',
    string
  >
  states: { done: string; missed: string }
  types: Record<ActivityType, string>
  outcomes: Record<ActivityOutcome, string>
}

const english: ColleagueWording = {
  subjects: {
    offer: 'A lead is offered to you',
    accepted: 'Your lead was taken over',
    declined: 'Your offer was declined',
    expired: 'Your offer expired without a response',
    feedback: 'News of what you arranged'
  },
  intros: {
    offer: 'A colleague at {dealer} offers you a lead. Accept or decline it before it times out.',
    accepted: 'The lead you offered at {dealer} was accepted. You can go on reading it.',
    declined: 'The lead you offered at {dealer} was declined. It stays where it was.',
    expired: 'The lead you offered at {dealer} was not answered in time. It stays where it was.',
    feedback: 'A colleague at {dealer} says what came of something you arranged.'
  },
  sections: { handover: 'Offer', activity: 'What you arranged', lead: 'Lead' },
  rows: {
    from: 'From',
    message: 'Message',
    expiresAt: 'Answer by',
    answeredBy: 'Answered by',
    reason: 'Reason',
    type: 'Type',
    dueAt: 'Planned for',
    state: 'State',
    by: 'Colleague',
    outcome: 'Outcome',
    feedback: 'Feedback'
  },
  states: { done: 'Took place', missed: 'Did not take place' },
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
}

const spanish: ColleagueWording = {
  subjects: {
    offer: 'Te ofrecen un lead',
    accepted: 'Han aceptado tu lead',
    declined: 'Han rechazado tu oferta',
    expired: 'Nadie ha respondido a tu oferta',
    feedback: 'Novedades de lo que concertaste'
  },
  intros: {
    offer:
      'En {dealer}, un compañero te ofrece un lead. Acéptalo o recházalo antes de que caduque.',
    accepted: 'El lead que ofreciste en {dealer} ha sido aceptado. Puedes seguir viéndolo.',
    declined: 'El lead que ofreciste en {dealer} ha sido rechazado. Sigue donde estaba.',
    expired: 'Nadie ha respondido a tiempo al lead que ofreciste en {dealer}. Sigue donde estaba.',
    feedback: 'En {dealer}, un compañero cuenta en qué quedó algo que concertaste.'
  },
  sections: { handover: 'Oferta', activity: 'Lo que concertaste', lead: 'Lead' },
  rows: {
    from: 'De',
    message: 'Mensaje',
    expiresAt: 'Responder antes de',
    answeredBy: 'Respuesta de',
    reason: 'Motivo',
    type: 'Tipo',
    dueAt: 'Previsto para',
    state: 'Estado',
    by: 'Compañero',
    outcome: 'Resultado',
    feedback: 'Comentarios'
  },
  states: { done: 'Se realizó', missed: 'No se realizó' },
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
}

const polish: ColleagueWording = {
  subjects: {
    offer: 'Propozycja przejęcia leada',
    accepted: 'Twój lead został przejęty',
    declined: 'Propozycja odrzucona',
    expired: 'Nikt nie odpowiedział na propozycję',
    feedback: 'Wynik tego, co umówiono'
  },
  intros: {
    offer:
      '{dealer}: ktoś z zespołu proponuje Ci przejęcie leada. Przyjmij go lub odrzuć, zanim minie termin.',
    accepted:
      '{dealer}: zaproponowany przez Ciebie lead został przyjęty. Nadal możesz go przeglądać.',
    declined:
      '{dealer}: zaproponowany przez Ciebie lead został odrzucony. Pozostaje tam, gdzie był.',
    expired:
      '{dealer}: na zaproponowany przez Ciebie lead nikt nie odpowiedział w terminie. Pozostaje tam, gdzie był.',
    feedback: '{dealer}: jest informacja, jak skończyło się to, co umówiono.'
  },
  sections: { handover: 'Propozycja', activity: 'Co umówiono', lead: 'Lead' },
  rows: {
    from: 'Od',
    message: 'Wiadomość',
    expiresAt: 'Odpowiedź do',
    answeredBy: 'Odpowiada',
    reason: 'Powód',
    type: 'Rodzaj',
    dueAt: 'Termin',
    state: 'Stan',
    by: 'Kto',
    outcome: 'Wynik',
    feedback: 'Informacja zwrotna'
  },
  states: { done: 'Odbyło się', missed: 'Nie odbyło się' },
  types: {
    call: 'Telefon',
    email: 'E-mail',
    meeting: 'Spotkanie',
    appointment: 'Wizyta umówiona',
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

const WORDINGS: Record<Locale, ColleagueWording> = { en: english, es: spanish, pl: polish }

export function colleagueWordingFor(locale: Locale): ColleagueWording {
  return WORDINGS[locale]
}
