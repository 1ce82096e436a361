import type { Locale } from '../domain/dealers/dealer.ts'
import type { NotificationKind } from '../domain/notifications/kinds.ts'

/** What each kind of notification is called: in subjects, in the digest and in the list. */
export const NOTIFICATION_TITLES: Record<Locale, Record<NotificationKind, string>> = {
  en: {
    newLead: 'New lead for you',
    queuedLead: 'New lead without an assignee',
    linkedClient: 'New lead from your client',
    offer: 'A lead is offered to you',
    offerEnding: 'An offer to you is about to end',
    offerResponse: 'News of your offer',
    linkRequest: 'A colleague asks for a link to your client',
    linkResponse: 'News of your request for a link',
    feedback: 'News of what you arranged',
    plannedActivity: 'Work was planned for you',
    movedActivity: 'Planned work is no longer yours',
    reminder: 'Reminder',
    overdue: 'Overdue activity',
    responseWarning: 'A lead waits for an answer',
    responseOverdue: 'A lead was not answered in time',
    quietSource: 'A source has gone quiet',
    openLeads: 'A deactivated user has open work',
    pendingPromoter: 'A promoter waits for approval',
    promoterResponse: 'News of your promoter'
  },
  es: {
    newLead: 'Nuevo lead para usted',
    queuedLead: 'Nuevo lead sin asignar',
    linkedClient: 'Nuevo lead de su cliente',
    offer: 'Le ofrecen un lead',
    offerEnding: 'Una oferta para usted está a punto de caducar',
    offerResponse: 'Novedades de su oferta',
    linkRequest: 'Le piden vincular un lead a su cliente',
    linkResponse: 'Novedades de su petición de vinculación',
    feedback: 'Novedades de lo que concertó',
    plannedActivity: 'Le han planificado una actividad',
    movedActivity: 'Una actividad ya no es suya',
    reminder: 'Recordatorio',
    overdue: 'Actividad vencida',
    responseWarning: 'Un lead espera respuesta',
    responseOverdue: 'Un lead no se ha respondido a tiempo',
    quietSource: 'Un origen ha dejado de enviar leads',
    openLeads: 'Un usuario desactivado tiene trabajo pendiente',
    pendingPromoter: 'Un promotor espera aprobación',
    promoterResponse: 'Novedades de su promotor'
  },
  pl: {
    newLead: 'Nowy lead dla Ciebie',
    queuedLead: 'Nowy lead bez opiekuna',
    linkedClient: 'Nowy lead od Twojego klienta',
    offer: 'Propozycja przejęcia leada',
    offerEnding: 'Propozycja przejęcia leada wkrótce wygaśnie',
    offerResponse: 'Wynik Twojej propozycji',
    linkRequest: 'Prośba o powiązanie leada z Twoim klientem',
    linkResponse: 'Wynik Twojej prośby o powiązanie',
    feedback: 'Wynik tego, co umówiono',
    plannedActivity: 'Zaplanowano dla Ciebie zadanie',
    movedActivity: 'Zadanie nie należy już do Ciebie',
    reminder: 'Przypomnienie',
    overdue: 'Zaległe zadanie',
    responseWarning: 'Lead czeka na odpowiedź',
    responseOverdue: 'Na lead nie odpowiedziano w terminie',
    quietSource: 'Źródło przestało przysyłać leady',
    openLeads: 'Dezaktywowany użytkownik ma otwarte sprawy',
    pendingPromoter: 'Polecający czeka na zatwierdzenie',
    promoterResponse: 'Wiadomość o Twoim polecającym'
  }
}
