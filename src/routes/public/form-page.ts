import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import { escapeHtml } from '../../escape-html.ts'
import { page } from './page.ts'

interface FormWording {
  sent: { title: string; text: (dealer: string) => string }
  failed: { title: string; text: (dealer: string) => string; unreachable: string }
  home: string
}

const WORDING: Record<Locale, FormWording> = {
  en: {
    sent: {
      title: 'Thank you',
      text: (dealer) => `${dealer} has received your message and will contact you.`
    },
    failed: {
      title: 'Your message was not sent',
      text: (dealer) =>
        `${dealer} has not received your message. Please go back and send it again.`,
      unreachable: 'Please go back and enter an e-mail address or a phone number.'
    },
    home: 'To the website'
  },
  es: {
    sent: {
      title: 'Gracias',
      text: (dealer) => `${dealer} ha recibido su mensaje y se pondrá en contacto con usted.`
    },
    failed: {
      title: 'Su mensaje no se ha enviado',
      text: (dealer) => `${dealer} no ha recibido su mensaje. Vuelva atrás y envíelo de nuevo.`,
      unreachable: 'Vuelva atrás e indique una dirección de correo o un número de teléfono.'
    },
    home: 'Ir al sitio web'
  },
  pl: {
    sent: {
      title: 'Dziękujemy',
      text: (dealer) => `Twoja wiadomość dotarła do: ${dealer}. Wkrótce się odezwiemy.`
    },
    failed: {
      title: 'Wiadomość nie została wysłana',
      text: (dealer) => `Wiadomość do: ${dealer} nie dotarła. Wróć i wyślij ją jeszcze raz.`,
      unreachable: 'Wróć i podaj adres e-mail lub numer telefonu.'
    },
    home: 'Do strony internetowej'
  }
}

/** The page after a form. `error` is the type of the problem; null: the form was stored. */
export function formPage(
  { name, locale, url }: Pick<Dealer, 'name' | 'locale' | 'url'>,
  error: string | null
): string {
  const { sent, failed, home } = WORDING[locale]
  const { title, text } = error === null ? sent : failed
  const sentence = error === 'unreachable-contact' ? failed.unreachable : text(name)
  const link = url === null ? [] : [`<p><a href="${escapeHtml(url)}">${escapeHtml(home)}</a></p>`]
  const heading = `<h1>${escapeHtml(title)}</h1>`
  return page(locale, title, [heading, `<p>${escapeHtml(sentence)}</p>`, ...link])
}
