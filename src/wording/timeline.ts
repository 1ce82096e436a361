import type { ActivityState } from '../domain/activities/activity.ts'
import type { Locale } from '../domain/dealers/dealer.ts'
import type { DeliveryState } from '../domain/deliveries/delivery.ts'
import type { EventType } from '../domain/events/event.ts'

/** Events whose data decide what is said of them. */
export type EventVariant = 'lead.opted_out' | 'consent.refused'

/** The sentences of the timeline of a lead. */
interface TimelineWording {
  events: Partial<Record<EventType | EventVariant, string>>
  /** Any other event. */
  other: string
  reason: string
  noOne: string
  states: Record<ActivityState, string>
  mail: string
  deliveries: Record<DeliveryState, string>
}

export const TIMELINE_WORDINGS: Record<Locale, TimelineWording> = {
  en: {
    events: {
      'lead.created': 'The lead came in',
      'lead.updated': 'The lead was changed',
      'lead.resent': 'The lead came again',
      'lead.status_changed': 'Status: {from} → {to}',
      'lead.assigned': 'Assigned: {assignee}',
      'lead.linked': 'Linked to a client',
      'lead.converted': 'Converted to a new client',
      'lead.unlinked': 'Taken from its client',
      'lead.moved': 'Moved to another client',
      'lead.released': 'Released from quarantine',
      'lead.engaged': 'The person showed interest',
      'lead.qualified': 'Qualified',
      'lead.temperature_changed': 'The temperature was changed',
      'lead.response_warning': 'The response is due soon',
      'lead.response_overdue': 'The response is overdue',
      'lead.removed': 'The lead was removed',
      'handover.offered': 'Offered to a colleague',
      'handover.accepted': 'The offer was accepted',
      'handover.declined': 'The offer was declined',
      'handover.expired': 'The offer ended',
      'handover.withdrawn': 'The offer was withdrawn',
      'sale.recorded': 'Sold',
      'sale.updated': 'The sale was changed',
      'sale.undone': 'The sale was undone',
      'activity.updated': 'An activity was changed',
      'activity.removed': 'An activity was removed',
      'activity.reminder': 'A reminder of an activity was due',
      'activity.overdue': 'An activity is overdue',
      'activity.feedback': 'Feedback on an activity',
      'operation.undone': 'A change was undone',
      'consent.recorded': 'A consent was recorded',
      'client.created': 'A client was created',
      'lead.opted_out': 'The person wants no more messages',
      'consent.refused': 'A consent was refused',
      'client.updated': 'The client was changed',
      'client.removed': 'The client was removed',
      'client.merged': 'The client was merged with another',
      'account.created': 'An account was created',
      'account.updated': 'The account was changed',
      'account.removed': 'The account was removed',
      'opportunity.updated': 'The opportunity was changed',
      'opportunity.removed': 'The opportunity was removed',
      'reward.updated': 'The reward was changed',
      'opportunity.created': 'An opportunity was created'
    },
    other: 'The record was changed',
    reason: 'Reason: {reason}.',
    noOne: 'no one',
    states: { planned: 'planned', done: 'done', missed: 'missed', cancelled: 'cancelled' },
    mail: 'Mail to {to}',
    deliveries: { pending: 'pending', sent: 'sent', failed: 'failed', cancelled: 'cancelled' }
  },
  es: {
    events: {
      'lead.created': 'Entró el lead',
      'lead.updated': 'Se modificó el lead',
      'lead.resent': 'El lead llegó otra vez',
      'lead.status_changed': 'Estado: {from} → {to}',
      'lead.assigned': 'Asignado: {assignee}',
      'lead.linked': 'Vinculado a un cliente',
      'lead.converted': 'Convertido en un cliente nuevo',
      'lead.unlinked': 'Separado de su cliente',
      'lead.moved': 'Pasado a otro cliente',
      'lead.released': 'Liberado de la cuarentena',
      'lead.engaged': 'La persona mostró interés',
      'lead.qualified': 'Calificado',
      'lead.temperature_changed': 'Se cambió la temperatura',
      'lead.response_warning': 'La respuesta vence pronto',
      'lead.response_overdue': 'La respuesta está vencida',
      'lead.removed': 'Se eliminó el lead',
      'handover.offered': 'Ofrecido a un compañero',
      'handover.accepted': 'Se aceptó la oferta',
      'handover.declined': 'Se rechazó la oferta',
      'handover.expired': 'La oferta terminó',
      'handover.withdrawn': 'Se retiró la oferta',
      'sale.recorded': 'Vendido',
      'sale.updated': 'Se modificó la venta',
      'sale.undone': 'Se deshizo la venta',
      'activity.updated': 'Se modificó una actividad',
      'activity.removed': 'Se eliminó una actividad',
      'activity.reminder': 'Recordatorio de una actividad',
      'activity.overdue': 'Una actividad está vencida',
      'activity.feedback': 'Comentario sobre una actividad',
      'operation.undone': 'Se deshizo un cambio',
      'consent.recorded': 'Se registró un consentimiento',
      'client.created': 'Se creó un cliente',
      'lead.opted_out': 'La persona no quiere más mensajes',
      'consent.refused': 'Se denegó un consentimiento',
      'client.updated': 'Se modificó el cliente',
      'client.removed': 'Se eliminó el cliente',
      'client.merged': 'El cliente se unió con otro',
      'account.created': 'Se creó una cuenta',
      'account.updated': 'Se modificó la cuenta',
      'account.removed': 'Se eliminó la cuenta',
      'opportunity.updated': 'Se modificó la oportunidad',
      'opportunity.removed': 'Se eliminó la oportunidad',
      'reward.updated': 'Se modificó la recompensa',
      'opportunity.created': 'Se creó una oportunidad'
    },
    other: 'Se modificó el registro',
    reason: 'Motivo: {reason}.',
    noOne: 'nadie',
    states: {
      planned: 'planificada',
      done: 'hecha',
      missed: 'no realizada',
      cancelled: 'cancelada'
    },
    mail: 'Correo a {to}',
    deliveries: { pending: 'pendiente', sent: 'enviado', failed: 'fallido', cancelled: 'cancelado' }
  },
  pl: {
    events: {
      'lead.created': 'Wpłynął lead',
      'lead.updated': 'Zmieniono lead',
      'lead.resent': 'Lead przyszedł ponownie',
      'lead.status_changed': 'Status: {from} → {to}',
      'lead.assigned': 'Przypisano: {assignee}',
      'lead.linked': 'Połączono z klientem',
      'lead.converted': 'Utworzono nowego klienta',
      'lead.unlinked': 'Odłączono od klienta',
      'lead.moved': 'Przeniesiono do innego klienta',
      'lead.released': 'Zwolniono z kwarantanny',
      'lead.engaged': 'Osoba okazała zainteresowanie',
      'lead.qualified': 'Zakwalifikowano',
      'lead.temperature_changed': 'Zmieniono temperaturę',
      'lead.response_warning': 'Zbliża się termin odpowiedzi',
      'lead.response_overdue': 'Minął termin odpowiedzi',
      'lead.removed': 'Usunięto lead',
      'handover.offered': 'Zaproponowano innej osobie',
      'handover.accepted': 'Przyjęto propozycję',
      'handover.declined': 'Odrzucono propozycję',
      'handover.expired': 'Propozycja wygasła',
      'handover.withdrawn': 'Wycofano propozycję',
      'sale.recorded': 'Sprzedano',
      'sale.updated': 'Zmieniono sprzedaż',
      'sale.undone': 'Cofnięto sprzedaż',
      'activity.updated': 'Zmieniono zadanie',
      'activity.removed': 'Usunięto zadanie',
      'activity.reminder': 'Przypomnienie o zadaniu',
      'activity.overdue': 'Zadanie jest po terminie',
      'activity.feedback': 'Uwagi do zadania',
      'operation.undone': 'Cofnięto zmianę',
      'consent.recorded': 'Zapisano zgodę',
      'client.created': 'Utworzono klienta',
      'lead.opted_out': 'Osoba nie chce więcej wiadomości',
      'consent.refused': 'Odmówiono zgody',
      'client.updated': 'Zmieniono dane klienta',
      'client.removed': 'Usunięto klienta',
      'client.merged': 'Klienta połączono z innym',
      'account.created': 'Utworzono firmę',
      'account.updated': 'Zmieniono dane firmy',
      'account.removed': 'Usunięto firmę',
      'opportunity.updated': 'Zmieniono szansę sprzedaży',
      'opportunity.removed': 'Usunięto szansę sprzedaży',
      'reward.updated': 'Zmieniono nagrodę',
      'opportunity.created': 'Utworzono szansę sprzedaży'
    },
    other: 'Zmieniono dane',
    reason: 'Powód: {reason}.',
    noOne: 'nikt',
    states: {
      planned: 'zaplanowane',
      done: 'wykonane',
      missed: 'nie odbyło się',
      cancelled: 'odwołane'
    },
    mail: 'Wiadomość do {to}',
    deliveries: {
      pending: 'oczekuje',
      sent: 'wysłana',
      failed: 'nie wysłana',
      cancelled: 'anulowana'
    }
  }
}
