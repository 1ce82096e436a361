import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import { escapeHtml } from '../../escape-html.ts'
import { anchor, heading, page, paragraph } from './page.ts'

interface LandingWording {
  title: (dealer: string) => string
  intro: string
  reach: string
  name: string
  email: string
  phone: string
  vehicle: string
  message: string
  send: string
  privacy: (dealer: string) => string
  home: string
}

const WORDING: Record<Locale, LandingWording> = {
  en: {
    title: (dealer) => `Write to ${dealer}`,
    intro: 'Tell us which car you are looking for, and we will contact you.',
    reach: 'Give an e-mail address or a phone number.',
    name: 'Name',
    email: 'E-mail',
    phone: 'Phone',
    vehicle: 'Car',
    message: 'Message',
    send: 'Send',
    privacy: (dealer) => `${dealer} uses what you enter to handle your enquiry.`,
    home: 'To the website'
  },
  es: {
    title: (dealer) => `Escriba a ${dealer}`,
    intro: 'Díganos qué coche busca y nos pondremos en contacto con usted.',
    reach: 'Indique una dirección de correo o un número de teléfono.',
    name: 'Nombre',
    email: 'Correo electrónico',
    phone: 'Teléfono',
    vehicle: 'Coche',
    message: 'Mensaje',
    send: 'Enviar',
    privacy: (dealer) => `${dealer} utiliza estos datos para atender su consulta.`,
    home: 'Ir al sitio web'
  },
  pl: {
    title: (dealer) => `Napisz do: ${dealer}`,
    intro: 'Napisz, jakiego samochodu szukasz, a my się odezwiemy.',
    reach: 'Podaj adres e-mail lub numer telefonu.',
    name: 'Imię i nazwisko',
    email: 'E-mail',
    phone: 'Telefon',
    vehicle: 'Samochód',
    message: 'Wiadomość',
    send: 'Wyślij',
    privacy: (dealer) => `${dealer} używa tych danych, aby odpowiedzieć na zapytanie.`,
    home: 'Do strony internetowej'
  }
}

/** The page of a referral link of a dealer without a landing page: a form for a lead. */
export function landingPage(
  { name: dealer, url }: Pick<Dealer, 'name' | 'url'>,
  locale: Locale,
  action: string
): string {
  const words = WORDING[locale]
  const title = words.title(dealer)
  return page(locale, title, [
    heading(title),
    paragraph(words.intro),
    // Browsers tell faults in their own language: ours are told in that of the page.
    `<form method="post" action="${escapeHtml(action)}" novalidate>`,
    field('name', words.name, 'type="text" autocomplete="name" maxlength="200" required'),
    `<p id="reach" class="note">${escapeHtml(words.reach)}</p>`,
    field('email', words.email, `type="email" autocomplete="email" maxlength="254" ${REACH}`),
    field('phone', words.phone, `type="tel" autocomplete="tel" maxlength="40" ${REACH}`),
    field('vehicle', words.vehicle, 'type="text" maxlength="200"'),
    `<label for="message">${escapeHtml(words.message)}</label>`,
    '<textarea id="message" name="message" rows="5" maxlength="5000"></textarea>',
    `<button type="submit">${escapeHtml(words.send)}</button>`,
    '</form>',
    paragraph(words.privacy(dealer), 'note'),
    ...(url === null ? [] : [`<p>${anchor(url, words.home)}</p>`])
  ])
}

const REACH = 'aria-describedby="reach"'

function field(name: string, label: string, attributes: string): string {
  return (
    `<label for="${name}">${escapeHtml(label)}</label>` +
    `<input id="${name}" name="${name}" ${attributes}>`
  )
}
