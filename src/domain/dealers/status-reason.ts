import type { Locale } from './dealer.ts'
import { groupsWhere } from '../leads/status-groups.ts'
import type { StatusGroup } from '../leads/status-groups.ts'

/** The groups whose leads have a reason. */
export const REASONED_GROUPS = ['lost', 'deleted'] as const satisfies readonly StatusGroup[]
export type ReasonedGroup = (typeof REASONED_GROUPS)[number]

/** Whether leads of a group have a reason. */
export function isReasoned(group: StatusGroup): group is ReasonedGroup {
  return groupsWhere(({ needsReason }) => needsReason).includes(group)
}

/** A reason of the dealer's list. Programs name it by `key`, which never changes; people see `name`. */
export interface StatusReason {
  id: string
  key: string
  name: string
  group: ReasonedGroup
  position: number
  /** Inactive ones stay on leads, and can't be chosen. */
  active: boolean
  version: number
  createdAt: Date
  updatedAt: Date
}

/** The reason of a lead: of the list, or a text. */
export interface LeadStatusReason {
  id: string | null
  key: string | null
  name: string
}

interface DefaultReason {
  key: string
  group: ReasonedGroup
  names: Record<Locale, string>
}

function reason(group: ReasonedGroup, key: string, names: [string, string, string]): DefaultReason {
  const [en, es, pl] = names
  return { key, group, names: { en, es, pl } }
}

/** The reasons of a new dealer. */
export const DEFAULT_STATUS_REASONS: readonly DefaultReason[] = [
  reason('lost', 'bought-elsewhere', [
    'Bought elsewhere',
    'Compró en otro lugar',
    'Kupno gdzie indziej'
  ]),
  reason('lost', 'price', ['Price too high', 'Precio demasiado alto', 'Za wysoka cena']),
  reason('lost', 'not-available', [
    'Vehicle not available',
    'Vehículo no disponible',
    'Pojazd niedostępny'
  ]),
  reason('lost', 'financing', ['No financing', 'Sin financiación', 'Brak finansowania']),
  reason('lost', 'trade-in', [
    'Trade-in offer too low',
    'Tasación del usado demasiado baja',
    'Za niska wycena auta w rozliczeniu'
  ]),
  reason('lost', 'no-need', ['No longer interested', 'Ya no le interesa', 'Brak zainteresowania']),
  reason('lost', 'no-answer', ['Can’t be reached', 'No se le localiza', 'Brak kontaktu']),
  reason('lost', 'other', ['Other', 'Otro', 'Inny powód']),
  reason('deleted', 'spam', ['Spam', 'Correo no deseado', 'Spam']),
  reason('deleted', 'duplicate', ['Duplicate', 'Duplicado', 'Duplikat']),
  reason('deleted', 'wrong-contact', [
    'Wrong contact details',
    'Datos de contacto erróneos',
    'Błędne dane kontaktowe'
  ]),
  reason('deleted', 'mistake', [
    'Entered by mistake',
    'Registrado por error',
    'Dodano przez pomyłkę'
  ])
]
