import type { Locale } from '../../domain/dealers/dealer.ts'
import { escapeHtml } from '../../escape-html.ts'
import { heading, page, paragraph } from './page.ts'

interface PageWording {
  title: string
  question: (dealer: string) => string
  button: string
  done: (dealer: string) => string
}

const WORDING: Record<Locale, PageWording> = {
  en: {
    title: 'Automatic mails',
    question: (dealer) => `Do you want no more automatic mails from ${dealer}?`,
    button: 'No more mails, please',
    done: (dealer) => `You will get no more automatic mails from ${dealer}.`
  },
  es: {
    title: 'Correos automáticos',
    question: (dealer) => `¿No quiere recibir más correos automáticos de ${dealer}?`,
    button: 'No quiero más correos',
    done: (dealer) => `No recibirá más correos automáticos de ${dealer}.`
  },
  pl: {
    title: 'Wiadomości automatyczne',
    question: (dealer) => `Nie chcesz już automatycznych wiadomości od ${dealer}?`,
    button: 'Nie chcę więcej wiadomości',
    done: (dealer) => `Nie otrzymasz więcej automatycznych wiadomości od ${dealer}.`
  }
}

/** The dealer whose mails the page is about, and the language of the page. */
interface PageSubject {
  name: string
  locale: Locale
}

/** The page with the button. Looking at it changes nothing: mail scanners look, too. */
export function questionPage({ name, locale }: PageSubject): string {
  const { title, question, button } = WORDING[locale]
  return page(locale, title, [
    heading(title),
    paragraph(question(name)),
    '<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">',
    `<button type="submit">${escapeHtml(button)}</button></form>`
  ])
}

/** The page after the button was pressed. */
export function donePage({ name, locale }: PageSubject): string {
  const { title } = WORDING[locale]
  return page(locale, title, [heading(title), paragraph(doneText({ name, locale }))])
}

/** The same in plain text, for the mail programs that did it for their user. */
export function doneText({ name, locale }: PageSubject): string {
  return WORDING[locale].done(name)
}
