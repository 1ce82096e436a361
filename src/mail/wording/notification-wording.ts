import type { Locale } from '../../domain/dealers/dealer.ts'
import type { NotificationKind } from '../../domain/notifications/kinds.ts'
import type { PromoterState } from '../../domain/promoters/promoter.ts'

/** The kinds that have mails of their own, beside those that announce leads and offers. */
export type TopicKind = Exclude<
  NotificationKind,
  | 'newLead'
  | 'queuedLead'
  | 'linkedClient'
  | 'offer'
  | 'offerResponse'
  | 'linkRequest'
  | 'linkResponse'
  | 'feedback'
>

/** Our own text in notifications, in one language. */
export interface NotificationWording {
  intros: Record<TopicKind, string>
  sections: Record<
    'activity' | 'response' | 'offer' | 'source' | 'user' | 'leads' | 'promoter' | 'mail' | 'lead',
    string
  >
  rows: Record<
    | 'type'
    | 'plannedBy'
    | 'nowWith'
    | 'dueAt'
    | 'text'
    | 'client'
    | 'respondBy'
    | 'assignee'
    | 'queue'
    | 'from'
    | 'message'
    | 'expiresAt'
    | 'source'
    | 'lastLeadAt'
    | 'user'
    | 'openLeads'
    | 'plannedActivities'
    | 'email'
    | 'phone'
    | 'promoterUser'
    | 'promoterState'
    | 'recipient'
    | 'told'
    | 'failedAt'
    | 'reason'
    | 'more',
    string
  >
  openClient: string
  openLastLead: string
  openPromoter: string
  promoterStates: Record<PromoterState, string>
  /** What mails tell that no setting of a user is for. */
  otherMails: Record<'digest_mail' | 'dealer_mail' | 'test_mail' | 'dealer_adf', string>
  digest: {
    /** `{count}` is the number of notifications. */
    subject: string
    intro: string
    /** What there is beside, in the list. */
    more: string
    count: string
  }
}

const english: NotificationWording = {
  intros: {
    takenBackLead: 'The assignment of a lead to you at {dealer} was undone.',
    offerEnding: 'A lead is offered to you at {dealer}. The offer is about to end.',
    plannedActivity: 'A colleague at {dealer} has planned work for you.',
    movedActivity: 'A planned activity of yours at {dealer} is no longer yours.',
    reminder: 'You have a reminder at {dealer}.',
    overdue: 'A planned activity at {dealer} is overdue.',
    responseWarning: 'The response limit of a lead at {dealer} is near.',
    responseOverdue: 'The response limit of a lead at {dealer} is over.',
    quietSource:
      'A source of {dealer} sends fewer leads than usual. Check that its leads still arrive.',
    openLeads:
      'A user of {dealer} was deactivated. Their open leads and planned activities need another user.',
    pendingPromoter:
      'A person wants to recommend {dealer} and waits for approval. Approve or refuse the promoter.',
    promoterResponse:
      'A promoter of yours at {dealer} was approved or refused, or accepted the invitation.',
    failedMail:
      'A mail of {dealer} did not arrive and is not tried again. Check the address, then send it again.'
  },
  sections: {
    activity: 'Activity',
    response: 'Response limit',
    offer: 'Offer',
    source: 'Source',
    user: 'User',
    leads: 'Open leads',
    promoter: 'Promoter',
    mail: 'Mail',
    lead: 'Lead'
  },
  rows: {
    type: 'Type',
    plannedBy: 'Planned by',
    nowWith: 'Now with',
    dueAt: 'Planned for',
    text: 'Text',
    client: 'Client',
    respondBy: 'Answer by',
    assignee: 'Assigned to',
    queue: 'Queue',
    from: 'From',
    message: 'Message',
    expiresAt: 'Answer by',
    source: 'Source',
    lastLeadAt: 'Last lead',
    user: 'Name',
    openLeads: 'Open leads',
    plannedActivities: 'Planned activities',
    email: 'E-mail',
    phone: 'Phone',
    promoterUser: 'Signed up under',
    promoterState: 'State',
    recipient: 'Recipient',
    told: 'Tells of',
    failedAt: 'Failed',
    reason: 'Reason',
    more: 'More'
  },
  openClient: 'Open the client',
  openLastLead: 'Open the last lead',
  openPromoter: 'Open the promoter',
  promoterStates: {
    invited: 'Invited',
    pending: 'Waits for approval',
    active: 'Active',
    removed: 'Removed'
  },
  otherMails: {
    digest_mail: 'The daily digest',
    dealer_mail: 'A new lead',
    test_mail: 'A test lead',
    dealer_adf: 'A lead for the CRM (ADF)'
  },
  digest: {
    subject: 'Your day ({count})',
    intro: 'This happened at {dealer} since the last summary.',
    more: 'Further notifications',
    count: 'Number'
  }
}

const spanish: NotificationWording = {
  intros: {
    takenBackLead: 'Se ha deshecho la asignación de un lead a usted en {dealer}.',
    offerEnding: 'En {dealer} le ofrecen un lead. La oferta está a punto de caducar.',
    plannedActivity: 'Una persona de {dealer} le ha planificado una actividad.',
    movedActivity: 'Una actividad planificada en {dealer} ya no es suya.',
    reminder: 'Tiene un recordatorio en {dealer}.',
    overdue: 'Una actividad planificada en {dealer} está vencida.',
    responseWarning: 'El plazo de respuesta de un lead de {dealer} está a punto de terminar.',
    responseOverdue: 'El plazo de respuesta de un lead de {dealer} ha terminado.',
    quietSource:
      'Un origen de {dealer} envía menos leads de lo habitual. Compruebe que sus leads siguen llegando.',
    openLeads:
      'Se ha desactivado un usuario de {dealer}. Sus leads abiertos y sus actividades planificadas necesitan otro usuario.',
    pendingPromoter:
      'Una persona quiere recomendar {dealer} y espera aprobación. Apruebe o rechace al promotor.',
    promoterResponse:
      'Un promotor suyo en {dealer} ha sido aprobado o rechazado, o ha aceptado la invitación.',
    failedMail:
      'Un correo de {dealer} no ha llegado y no se volverá a intentar. Compruebe la dirección y envíelo de nuevo.'
  },
  sections: {
    activity: 'Actividad',
    response: 'Plazo de respuesta',
    offer: 'Oferta',
    source: 'Origen',
    user: 'Usuario',
    leads: 'Leads abiertos',
    promoter: 'Promotor',
    mail: 'Correo',
    lead: 'Lead'
  },
  rows: {
    type: 'Tipo',
    plannedBy: 'Planificada por',
    nowWith: 'Ahora con',
    dueAt: 'Previsto para',
    text: 'Texto',
    client: 'Cliente',
    respondBy: 'Responder antes de',
    assignee: 'Asignado a',
    queue: 'Cola',
    from: 'De',
    message: 'Mensaje',
    expiresAt: 'Responder antes de',
    source: 'Origen',
    lastLeadAt: 'Último lead',
    user: 'Nombre',
    openLeads: 'Leads abiertos',
    plannedActivities: 'Actividades planificadas',
    email: 'Correo',
    phone: 'Teléfono',
    promoterUser: 'Registrado con',
    promoterState: 'Estado',
    recipient: 'Destinatario',
    told: 'Trata de',
    failedAt: 'Falló',
    reason: 'Motivo',
    more: 'Más'
  },
  openClient: 'Abrir el cliente',
  openLastLead: 'Abrir el último lead',
  openPromoter: 'Abrir el promotor',
  promoterStates: {
    invited: 'Invitado',
    pending: 'Espera aprobación',
    active: 'Activo',
    removed: 'Retirado'
  },
  otherMails: {
    digest_mail: 'El resumen diario',
    dealer_mail: 'Un lead nuevo',
    test_mail: 'Un lead de prueba',
    dealer_adf: 'Un lead para el CRM (ADF)'
  },
  digest: {
    subject: 'Su día ({count})',
    intro: 'Esto ha ocurrido en {dealer} desde el último resumen.',
    more: 'Otros avisos',
    count: 'Número'
  }
}

const polish: NotificationWording = {
  intros: {
    takenBackLead: '{dealer}: cofnięto przypisanie leada do Ciebie.',
    offerEnding: '{dealer}: proponujemy Ci przejęcie leada. Propozycja wkrótce wygaśnie.',
    plannedActivity: '{dealer}: inna osoba zaplanowała dla Ciebie zadanie.',
    movedActivity: '{dealer}: Twoje zaplanowane zadanie nie należy już do Ciebie.',
    reminder: '{dealer}: masz przypomnienie.',
    overdue: '{dealer}: minął termin zaplanowanego zadania.',
    responseWarning: '{dealer}: wkrótce minie termin odpowiedzi na lead.',
    responseOverdue: '{dealer}: minął termin odpowiedzi na lead.',
    quietSource:
      '{dealer}: źródło przysyła mniej leadów niż zwykle. Sprawdź, czy jego leady nadal docierają.',
    openLeads:
      '{dealer}: dezaktywowano użytkownika. Jego otwarte leady i zaplanowane zadania potrzebują innego opiekuna.',
    pendingPromoter:
      '{dealer}: nowa osoba chce polecać i czeka na zatwierdzenie. Zatwierdź lub odrzuć zgłoszenie.',
    promoterResponse:
      '{dealer}: Twój polecający został zatwierdzony lub odrzucony albo przyjął zaproszenie.',
    failedMail:
      '{dealer}: wiadomość e-mail nie dotarła i nie będzie ponawiana. Sprawdź adres i wyślij ją ponownie.'
  },
  sections: {
    activity: 'Zadanie',
    response: 'Termin odpowiedzi',
    offer: 'Propozycja',
    source: 'Źródło',
    user: 'Użytkownik',
    leads: 'Otwarte leady',
    promoter: 'Polecający',
    mail: 'Wiadomość e-mail',
    lead: 'Lead'
  },
  rows: {
    type: 'Rodzaj',
    plannedBy: 'Zaplanowane przez',
    nowWith: 'Teraz u',
    dueAt: 'Termin',
    text: 'Treść',
    client: 'Klient',
    respondBy: 'Odpowiedź do',
    assignee: 'Przypisano do',
    queue: 'Kolejka',
    from: 'Od',
    message: 'Wiadomość',
    expiresAt: 'Odpowiedź do',
    source: 'Źródło',
    lastLeadAt: 'Ostatni lead',
    user: 'Nazwa',
    openLeads: 'Otwarte leady',
    plannedActivities: 'Zaplanowane zadania',
    email: 'E-mail',
    phone: 'Telefon',
    promoterUser: 'Zgłoszony przez',
    promoterState: 'Stan',
    recipient: 'Odbiorca',
    told: 'Dotyczy',
    failedAt: 'Niepowodzenie',
    reason: 'Powód',
    more: 'Więcej'
  },
  openClient: 'Otwórz klienta',
  openLastLead: 'Otwórz ostatni lead',
  openPromoter: 'Otwórz polecającego',
  promoterStates: {
    invited: 'Zaproszony',
    pending: 'Czeka na zatwierdzenie',
    active: 'Aktywny',
    removed: 'Usunięty'
  },
  otherMails: {
    digest_mail: 'Codzienne podsumowanie',
    dealer_mail: 'Nowy lead',
    test_mail: 'Lead testowy',
    dealer_adf: 'Lead dla CRM (ADF)'
  },
  digest: {
    subject: 'Twój dzień ({count})',
    intro: '{dealer}: oto, co wydarzyło się od ostatniego podsumowania.',
    more: 'Dalsze powiadomienia',
    count: 'Liczba'
  }
}

const WORDINGS: Record<Locale, NotificationWording> = { en: english, es: spanish, pl: polish }

export function notificationWordingFor(locale: Locale): NotificationWording {
  return WORDINGS[locale]
}
