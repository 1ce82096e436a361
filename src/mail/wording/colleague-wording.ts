import type { Locale } from '../../domain/dealers/dealer.ts'

/** The purposes of mails between users. */
export const COLLEAGUE_TOPICS = [
  'offer',
  'accepted',
  'declined',
  'expired',
  'withdrawn',
  'linkRequest',
  'linkAccepted',
  'linkDeclined',
  'linkExpired',
  'linkWithdrawn',
  'feedback'
] as const
export type ColleagueTopic = (typeof COLLEAGUE_TOPICS)[number]

/** Our own text in mails between colleagues, in one language. */
export interface ColleagueWording {
  subjects: Record<ColleagueTopic, string>
  intros: Record<ColleagueTopic, string>
  sections: { handover: string; linkRequest: string; activity: string; lead: string }
  rows: Record<
    | 'client'
    | 'from'
    | 'to'
    | 'message'
    | 'expiresAt'
    | 'answeredBy'
    | 'withdrawnBy'
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
}

const english: ColleagueWording = {
  subjects: {
    offer: 'A lead is offered to you',
    accepted: 'Your lead was taken over',
    declined: 'Your offer was declined',
    expired: 'Your offer expired without a response',
    withdrawn: 'Your offer has no recipient any more',
    linkRequest: 'A colleague asks for a link to your client',
    linkAccepted: 'Your lead was linked to the client',
    linkDeclined: 'Your request for a link was declined',
    linkExpired: 'Your request for a link expired without an answer',
    linkWithdrawn: 'Your request for a link was withdrawn',
    feedback: 'News of what you arranged'
  },
  intros: {
    offer: 'A colleague at {dealer} offers you a lead. Accept or decline it before it times out.',
    accepted: 'The lead you offered at {dealer} was accepted. You can go on reading it.',
    declined: 'The lead you offered at {dealer} was declined. It stays where it was.',
    expired: 'The lead you offered at {dealer} was not answered in time. It stays where it was.',
    withdrawn:
      'The user to whom you offered a lead at {dealer} was deactivated. It stays where it was; you can offer it to others.',
    linkRequest:
      'A colleague at {dealer} has a lead that may be from your client. Accept to link it, or decline.',
    linkAccepted:
      'The lead at {dealer} is linked to the client of your colleague. You can see both.',
    linkDeclined: 'Your request at {dealer} was declined. The lead stays as it was.',
    linkExpired: 'Your request at {dealer} was not answered in time. The lead stays as it was.',
    linkWithdrawn: 'Your request at {dealer} has ended, because something changed in the meantime.',
    feedback: 'A colleague at {dealer} says what came of something you arranged.'
  },
  sections: {
    handover: 'Offer',
    linkRequest: 'Request',
    activity: 'What you arranged',
    lead: 'Lead'
  },
  rows: {
    client: 'Client',
    from: 'From',
    to: 'To',
    message: 'Message',
    expiresAt: 'Answer by',
    answeredBy: 'Answered by',
    withdrawnBy: 'Withdrawn by',
    reason: 'Reason',
    type: 'Type',
    dueAt: 'Planned for',
    state: 'State',
    by: 'Colleague',
    outcome: 'Outcome',
    feedback: 'Feedback'
  },
  states: { done: 'Took place', missed: 'Did not take place' }
}

const spanish: ColleagueWording = {
  subjects: {
    offer: 'Le ofrecen un lead',
    accepted: 'Han aceptado su lead',
    declined: 'Han rechazado su oferta',
    expired: 'Nadie ha respondido a su oferta',
    withdrawn: 'Su oferta ya no tiene destinatario',
    linkRequest: 'Un compañero quiere vincular un lead a su cliente',
    linkAccepted: 'Su lead se ha vinculado al cliente',
    linkDeclined: 'Han rechazado su petición de vinculación',
    linkExpired: 'Nadie ha respondido a su petición de vinculación',
    linkWithdrawn: 'Su petición de vinculación se ha retirado',
    feedback: 'Novedades de lo que concertó'
  },
  intros: {
    offer:
      'En {dealer}, un compañero le ofrece un lead. Acéptelo o rechácelo antes de que caduque.',
    accepted: 'El lead que usted ofreció en {dealer} ha sido aceptado. Puede seguir viéndolo.',
    declined: 'El lead que usted ofreció en {dealer} ha sido rechazado. Sigue donde estaba.',
    expired:
      'Nadie ha respondido a tiempo al lead que usted ofreció en {dealer}. Sigue donde estaba.',
    withdrawn:
      'Se ha desactivado el usuario de {dealer} al que ofreció un lead. Sigue donde estaba; puede ofrecerlo a otros.',
    linkRequest:
      'En {dealer}, un compañero tiene un lead que puede ser de su cliente. Acepte la vinculación o rechácela.',
    linkAccepted:
      'El lead de {dealer} está vinculado al cliente de su compañero. Puede ver los dos.',
    linkDeclined: 'Su petición en {dealer} ha sido rechazada. El lead sigue como estaba.',
    linkExpired:
      'Nadie ha respondido a tiempo a su petición en {dealer}. El lead sigue como estaba.',
    linkWithdrawn: 'Su petición en {dealer} ha terminado, porque entretanto algo ha cambiado.',
    feedback: 'En {dealer}, un compañero cuenta en qué quedó algo que usted concertó.'
  },
  sections: {
    handover: 'Oferta',
    linkRequest: 'Petición',
    activity: 'Lo que concertó',
    lead: 'Lead'
  },
  rows: {
    client: 'Cliente',
    from: 'De',
    to: 'Para',
    message: 'Mensaje',
    expiresAt: 'Responder antes de',
    answeredBy: 'Respuesta de',
    withdrawnBy: 'Retirada por',
    reason: 'Motivo',
    type: 'Tipo',
    dueAt: 'Previsto para',
    state: 'Estado',
    by: 'Compañero',
    outcome: 'Resultado',
    feedback: 'Comentarios'
  },
  states: { done: 'Se realizó', missed: 'No se realizó' }
}

const polish: ColleagueWording = {
  subjects: {
    offer: 'Propozycja przejęcia leada',
    accepted: 'Twój lead został przejęty',
    declined: 'Propozycja odrzucona',
    expired: 'Nikt nie odpowiedział na propozycję',
    withdrawn: 'Twoja propozycja nie ma już odbiorcy',
    linkRequest: 'Prośba o powiązanie leada z Twoim klientem',
    linkAccepted: 'Twój lead został powiązany z klientem',
    linkDeclined: 'Prośba o powiązanie odrzucona',
    linkExpired: 'Nikt nie odpowiedział na prośbę o powiązanie',
    linkWithdrawn: 'Prośba o powiązanie została wycofana',
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
    withdrawn:
      '{dealer}: dezaktywowano użytkownika, któremu zaproponowano lead. Lead pozostaje tam, gdzie był; można go zaproponować innym.',
    linkRequest:
      '{dealer}: ktoś z zespołu ma lead, który może pochodzić od Twojego klienta. Zgódź się na powiązanie lub odmów.',
    linkAccepted: '{dealer}: lead jest powiązany z klientem innej osoby z zespołu. Widzisz oba.',
    linkDeclined: '{dealer}: Twoja prośba została odrzucona. Lead pozostaje bez zmian.',
    linkExpired:
      '{dealer}: na Twoją prośbę nikt nie odpowiedział w terminie. Lead pozostaje bez zmian.',
    linkWithdrawn: '{dealer}: Twoja prośba się zakończyła, bo w międzyczasie coś się zmieniło.',
    feedback: '{dealer}: jest informacja, jak skończyło się to, co umówiono.'
  },
  sections: {
    handover: 'Propozycja',
    linkRequest: 'Prośba',
    activity: 'Co umówiono',
    lead: 'Lead'
  },
  rows: {
    client: 'Klient',
    from: 'Od',
    to: 'Do',
    message: 'Wiadomość',
    expiresAt: 'Odpowiedź do',
    answeredBy: 'Odpowiada',
    withdrawnBy: 'Wycofuje',
    reason: 'Powód',
    type: 'Rodzaj',
    dueAt: 'Termin',
    state: 'Stan',
    by: 'Kto',
    outcome: 'Wynik',
    feedback: 'Informacja zwrotna'
  },
  states: { done: 'Odbyło się', missed: 'Nie odbyło się' }
}

const WORDINGS: Record<Locale, ColleagueWording> = { en: english, es: spanish, pl: polish }

export function colleagueWordingFor(locale: Locale): ColleagueWording {
  return WORDINGS[locale]
}
