import type { Locale } from '../../domain/dealers/dealer.ts'
import { english } from './notification-wording-en.ts'
import { spanish } from './notification-wording-es.ts'
import { polish } from './notification-wording-pl.ts'
import type { NotificationWording } from './notification-terms.ts'

const WORDINGS: Record<Locale, NotificationWording> = { en: english, es: spanish, pl: polish }

export function notificationWordingFor(locale: Locale): NotificationWording {
  return WORDINGS[locale]
}
