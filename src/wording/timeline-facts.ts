import type { Locale } from '../domain/dealers/dealer.ts'
import type { DeliveryPurpose, StaffMailPurpose } from '../domain/deliveries/delivery.ts'
import type { Temperature } from '../domain/leads/temperature.ts'
import { kindOf } from '../domain/notifications/kinds.ts'
import type { QualificationResult } from '../domain/qualification/form.ts'
import { NOTIFICATION_TITLES } from './notifications.ts'

/** The parts of a lead that a repeat may change; any other is `lead`. */
const PARTS = [
  'contact',
  'message',
  'vehicles',
  'timeframe',
  'prequalification',
  'consents',
  'attribution',
  'customFields',
  'vendor',
  'provider',
  'lead'
] as const
type Part = (typeof PARTS)[number]

/** The words for the facts of a timeline. */
interface FactsWording {
  purposes: Record<Exclude<DeliveryPurpose, StaffMailPurpose>, string>
  parts: Record<Part, string>
  temperatures: Record<Temperature, string>
  results: Record<QualificationResult, string>
  /** Who is to do an activity. */
  for: string
  feedback: string
}

export const FACTS_WORDINGS: Record<Locale, FactsWording> = {
  en: {
    purposes: {
      promoter_mail: 'The lead of a promoter',
      dealer_mail: 'New lead',
      dealer_adf: 'ADF document of the lead',
      digest_mail: 'Daily summary',
      test_mail: 'Test',
      auto_response: 'Automatic response',
      promoter_invitation: 'Invitation',
      promoter_welcome: 'Welcome',
      promoter_refusal: 'Refusal'
    },
    parts: {
      contact: 'Contact',
      message: 'Message',
      vehicles: 'Vehicle',
      timeframe: 'Timeframe',
      prequalification: 'Finance',
      consents: 'Consent',
      attribution: 'Attribution',
      customFields: 'Custom fields',
      vendor: 'Vendor',
      provider: 'Provider',
      lead: 'Lead'
    },
    temperatures: { hot: 'hot', warm: 'warm', cold: 'cold' },
    results: { qualified: 'qualified', not_yet: 'not yet', unqualified: 'unqualified' },
    for: 'For',
    feedback: 'Feedback'
  },
  es: {
    purposes: {
      promoter_mail: 'Lead de un promotor',
      dealer_mail: 'Nuevo lead',
      dealer_adf: 'Documento ADF del lead',
      digest_mail: 'Resumen diario',
      test_mail: 'Prueba',
      auto_response: 'Respuesta automática',
      promoter_invitation: 'Invitación',
      promoter_welcome: 'Bienvenida',
      promoter_refusal: 'Rechazo'
    },
    parts: {
      contact: 'Contacto',
      message: 'Mensaje',
      vehicles: 'Vehículo',
      timeframe: 'Plazo',
      prequalification: 'Financiación',
      consents: 'Consentimiento',
      attribution: 'Origen',
      customFields: 'Campos propios',
      vendor: 'Vendedor',
      provider: 'Proveedor',
      lead: 'Lead'
    },
    temperatures: { hot: 'caliente', warm: 'templado', cold: 'frío' },
    results: { qualified: 'calificado', not_yet: 'todavía no', unqualified: 'no calificado' },
    for: 'Para',
    feedback: 'Comentarios'
  },
  pl: {
    purposes: {
      promoter_mail: 'Lead od promotora',
      dealer_mail: 'Nowy lead',
      dealer_adf: 'Dokument ADF leada',
      digest_mail: 'Podsumowanie dnia',
      test_mail: 'Test',
      auto_response: 'Odpowiedź automatyczna',
      promoter_invitation: 'Zaproszenie',
      promoter_welcome: 'Powitanie',
      promoter_refusal: 'Odmowa'
    },
    parts: {
      contact: 'Kontakt',
      message: 'Wiadomość',
      vehicles: 'Pojazd',
      timeframe: 'Termin zakupu',
      prequalification: 'Finansowanie',
      consents: 'Zgoda',
      attribution: 'Pochodzenie',
      customFields: 'Pola własne',
      vendor: 'Sprzedawca',
      provider: 'Dostawca',
      lead: 'Lead'
    },
    temperatures: { hot: 'gorący', warm: 'ciepły', cold: 'zimny' },
    results: {
      qualified: 'zakwalifikowany',
      not_yet: 'jeszcze nie',
      unqualified: 'niezakwalifikowany'
    },
    for: 'Dla',
    feedback: 'Uwagi'
  }
}

/** What a message is, in a few words. */
export function purposeName(purpose: DeliveryPurpose, locale: Locale): string {
  const kind = kindOf(purpose)
  if (kind !== null) return NOTIFICATION_TITLES[locale][kind]
  const { purposes } = FACTS_WORDINGS[locale]
  return purposes[purpose as keyof typeof purposes]
}

/** The name of a part of a lead. */
export function partName(name: string | undefined, locale: Locale): string {
  const { parts } = FACTS_WORDINGS[locale]
  return parts[PARTS.find((part) => part === name) ?? 'lead']
}
