import { DEFAULT_QUEUE_NAME } from '../domain/access/user.ts'
import type { Locale } from '../domain/dealers/dealer.ts'
import { DEFAULT_SOURCES } from '../domain/dealers/source.ts'
import type { DefaultSourceKey } from '../domain/dealers/source.ts'
import { STATUS_GROUPS } from '../domain/leads/status-groups.ts'
import type { StatusGroup } from '../domain/leads/status-groups.ts'

/** What the records are called with which a dealer begins. */
interface FirstNames {
  statuses: Record<StatusGroup, string>
  sources: Record<DefaultSourceKey, string>
  queue: string
}

export const FIRST_NAMES: Readonly<Record<Locale, FirstNames>> = {
  en: {
    statuses: {
      new: 'New',
      working: 'Working',
      nurturing: 'Nurturing',
      qualified: 'Qualified',
      unqualified: 'Unqualified',
      linked: 'Linked',
      converted: 'Converted',
      sold: 'Sold',
      lost: 'Lost',
      deleted: 'Deleted'
    },
    sources: {
      website: 'Website',
      portal: 'Portal',
      referral: 'Referral',
      advertisement: 'Advertisement',
      'customer-event': 'Customer event',
      'employee-referral': 'Employee referral',
      'purchased-list': 'Purchased list',
      'trade-fair': 'Trade fair',
      webinar: 'Webinar',
      phone: 'Phone',
      'walk-in': 'Walk-in',
      other: 'Other'
    },
    queue: 'Default'
  },
  es: {
    statuses: {
      new: 'Nuevo',
      working: 'En curso',
      nurturing: 'En seguimiento',
      qualified: 'Calificado',
      unqualified: 'No calificado',
      linked: 'Vinculado',
      converted: 'Convertido',
      sold: 'Vendido',
      lost: 'Perdido',
      deleted: 'Eliminado'
    },
    sources: {
      website: 'Sitio web',
      portal: 'Portal',
      referral: 'Recomendación',
      advertisement: 'Publicidad',
      'customer-event': 'Evento para clientes',
      'employee-referral': 'Recomendación de un empleado',
      'purchased-list': 'Lista comprada',
      'trade-fair': 'Feria',
      webinar: 'Seminario web',
      phone: 'Teléfono',
      'walk-in': 'Visita sin cita',
      other: 'Otra'
    },
    queue: 'Predeterminada'
  },
  pl: {
    statuses: {
      new: 'Nowy',
      working: 'W toku',
      nurturing: 'Do dalszego kontaktu',
      qualified: 'Zakwalifikowany',
      unqualified: 'Niezakwalifikowany',
      linked: 'Powiązany z klientem',
      converted: 'Zamieniony w klienta',
      sold: 'Sprzedany',
      lost: 'Utracony',
      deleted: 'Usunięty'
    },
    sources: {
      website: 'Strona internetowa',
      portal: 'Portal',
      referral: 'Polecenie',
      advertisement: 'Reklama',
      'customer-event': 'Wydarzenie dla klientów',
      'employee-referral': 'Polecenie pracownika',
      'purchased-list': 'Kupiona lista',
      'trade-fair': 'Targi',
      webinar: 'Webinar',
      phone: 'Telefon',
      'walk-in': 'Wizyta w salonie',
      other: 'Inne'
    },
    queue: 'Domyślna'
  }
}

/** A status as a reader of this language knows it. What the dealer renamed stays the dealer's word. */
export function statusName(name: string, locale: Locale): string {
  const group = STATUS_GROUPS.find((one) => one === name)
  return group ? FIRST_NAMES[locale].statuses[group] : name
}

const SOURCES: ReadonlyMap<string, { key: DefaultSourceKey; name: string }> = new Map(
  DEFAULT_SOURCES.map((source) => [source.key, source])
)

/** The same of a source. */
export function sourceName({ key, name }: { key: string; name: string }, locale: Locale): string {
  const first = SOURCES.get(key)
  return first?.name === name ? FIRST_NAMES[locale].sources[first.key] : name
}

/** The same of a queue. */
export function queueName(name: string, locale: Locale): string {
  return name === DEFAULT_QUEUE_NAME ? FIRST_NAMES[locale].queue : name
}
