import type { Locale } from '../../domain/dealers/dealer.ts'
import type { Invitation } from '../../domain/promoters/invitation.ts'
import { escapeHtml } from '../../escape-html.ts'
import { heading, page, paragraph } from './page.ts'

interface InvitationWording {
  title: (dealer: string) => string
  intro: string
  invitedBy: (name: string) => string
  name: string
  phone: string
  accept: string
  fault: string
}

const WORDING: Record<Locale, InvitationWording> = {
  en: {
    title: (dealer) => `Recommend ${dealer}`,
    intro: 'You get a link of your own to hand out, and see what comes of it.',
    invitedBy: (name) => `Invited by ${name}.`,
    name: 'Your name',
    phone: 'Your phone (optional)',
    accept: 'Accept the invitation',
    fault: 'Please check your name and phone number.'
  },
  es: {
    title: (dealer) => `Recomiende ${dealer}`,
    intro: 'Tendrá un enlace propio para compartir y verá en qué queda.',
    invitedBy: (name) => `De parte de ${name}.`,
    name: 'Su nombre',
    phone: 'Su teléfono (opcional)',
    accept: 'Aceptar la invitación',
    fault: 'Revise su nombre y su teléfono.'
  },
  pl: {
    title: (dealer) => `Polecaj: ${dealer}`,
    intro: 'Dostaniesz własny link do przekazywania i zobaczysz, co z tego wynikło.',
    invitedBy: (name) => `Zaprasza: ${name}.`,
    name: 'Imię i nazwisko',
    phone: 'Telefon (opcjonalnie)',
    accept: 'Przyjmij zaproszenie',
    fault: 'Sprawdź imię i nazwisko oraz numer telefonu.'
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
    `<form method="post" action="${escapeHtml(action)}">`,
    `<input type="hidden" name="locale" value="${locale}">`,
    `<label for="name">${escapeHtml(words.name)}</label>`,
    `<input id="name" name="name" autocomplete="name" maxlength="200" required value="${escapeHtml(refused ? refused.name : (name ?? ''))}">`,
    `<label for="phone">${escapeHtml(words.phone)}</label>`,
    `<input id="phone" name="phone" type="tel" autocomplete="tel" maxlength="40" value="${escapeHtml(refused?.phone ?? '')}">`,
    `<button type="submit">${escapeHtml(words.accept)}</button>`,
    '</form>'
  ])
}
