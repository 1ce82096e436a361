import type { Locale } from '../../domain/dealers/dealer.ts'
import type { Invitation } from '../../domain/promoters/invitation.ts'
import { escapeHtml } from '../../escape-html.ts'
import { contactLines } from './contact-lines.ts'
import type { DealerContact } from './contact-lines.ts'
import { heading, page, paragraph } from './page.ts'

interface InvitationWording {
  title: (dealer: string) => string
  intro: string
  invitedBy: (name: string) => string
  name: string
  phone: string
  accept: string
  fault: string
  accepted: { title: string; text: string }
}

const WORDING: Record<Locale, InvitationWording> = {
  en: {
    title: (dealer) => `Recommend ${dealer}`,
    intro: 'You get a link of your own to hand out, and see what comes of it.',
    invitedBy: (name) => `Invited by ${name}.`,
    name: 'Your name',
    phone: 'Your phone (optional)',
    accept: 'Accept the invitation',
    fault: 'Please check your name and phone number.',
    accepted: {
      title: 'You have accepted this invitation already',
      text: 'The link to your page is in the welcome mail. If you can’t find it, ask the dealer for a new link.'
    }
  },
  es: {
    title: (dealer) => `Recomiende ${dealer}`,
    intro: 'Tendrá un enlace propio para compartir y verá en qué queda.',
    invitedBy: (name) => `De parte de ${name}.`,
    name: 'Su nombre',
    phone: 'Su teléfono (opcional)',
    accept: 'Aceptar la invitación',
    fault: 'Revise su nombre y su teléfono.',
    accepted: {
      title: 'Ya ha aceptado esta invitación',
      text: 'El enlace a su página está en el correo de bienvenida. Si no lo encuentra, pida uno nuevo al concesionario.'
    }
  },
  pl: {
    title: (dealer) => `Polecaj: ${dealer}`,
    intro: 'Dostaniesz własny link do przekazywania i zobaczysz, co z tego wynikło.',
    invitedBy: (name) => `Zaprasza: ${name}.`,
    name: 'Imię i nazwisko',
    phone: 'Telefon (opcjonalnie)',
    accept: 'Przyjmij zaproszenie',
    fault: 'Sprawdź imię i nazwisko oraz numer telefonu.',
    accepted: {
      title: 'To zaproszenie zostało już przyjęte',
      text: 'Link do Twojej strony jest w wiadomości powitalnej. Jeśli jej nie masz, poproś dealera o nowy link.'
    }
  }
}

/** What the person entered in a form that was refused. */
export interface RefusedFields {
  name: string
  phone: string
}

/** The page of an invitation, with the form that accepts it. */
export function invitationPage(
  { dealerName, invitedBy, name }: Pick<Invitation, 'dealerName' | 'invitedBy' | 'name'>,
  { locale, action, refused }: { locale: Locale; action: string; refused: RefusedFields | null }
): string {
  const words = WORDING[locale]
  const title = words.title(dealerName)
  return page(locale, title, [
    heading(title),
    paragraph(words.intro),
    ...(invitedBy === null ? [] : [paragraph(words.invitedBy(invitedBy))]),
    ...(refused ? [paragraph(words.fault, 'fault')] : []),
    // Browsers tell faults in their own language: ours are told in that of the page.
    `<form method="post" action="${escapeHtml(action)}" novalidate>`,
    `<input type="hidden" name="locale" value="${locale}">`,
    `<label for="name">${escapeHtml(words.name)}</label>`,
    `<input id="name" name="name" autocomplete="name" maxlength="200" required value="${escapeHtml(refused ? refused.name : (name ?? ''))}">`,
    `<label for="phone">${escapeHtml(words.phone)}</label>`,
    `<input id="phone" name="phone" type="tel" autocomplete="tel" maxlength="40" value="${escapeHtml(refused?.phone ?? '')}">`,
    `<button type="submit">${escapeHtml(words.accept)}</button>`,
    '</form>'
  ])
}

/** The page of an invitation that was accepted. It leads nowhere: only the mail names the page. */
export function acceptedPage(dealer: DealerContact, locale: Locale): string {
  const words = WORDING[locale]
  const { title, text } = words.accepted
  return page(locale, title, [
    heading(title),
    paragraph(words.title(dealer.name)),
    paragraph(text),
    ...contactLines(dealer)
  ])
}
