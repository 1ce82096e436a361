import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

import type { Locale } from '../../domain/dealers/dealer.ts'
import { problems } from '../../http/problems.ts'
import { sendProblem, toProblem } from '../../http/plugins/problem-details.ts'
import { contactLines } from './contact-lines.ts'
import { heading, opensPage, page, paragraph, readerLocale, sendPage, wantsPage } from './page.ts'

type Kind = 'absent' | 'ended' | 'replaced' | 'refused' | 'busy' | 'failed'

const WORDING: Record<Locale, Record<Kind, { title: string; text: string }>> = {
  en: {
    absent: {
      title: 'This page is not available',
      text: 'The address is wrong, or the page is no longer there.'
    },
    ended: {
      title: 'This link has expired',
      text: 'Open the latest message about it, or ask your dealer for a new link.'
    },
    replaced: {
      title: 'This link is no longer valid',
      text: 'It was replaced or taken back. Open the latest message about it, or ask your dealer for a new link.'
    },
    refused: { title: 'That was not possible', text: 'Please go back and check what you entered.' },
    busy: { title: 'Too many requests', text: 'Please wait a minute and try again.' },
    failed: { title: 'Something went wrong', text: 'Please try again later.' }
  },
  es: {
    absent: {
      title: 'Esta página no está disponible',
      text: 'La dirección es incorrecta o la página ya no existe.'
    },
    ended: {
      title: 'Este enlace ha caducado',
      text: 'Abra el último mensaje sobre el asunto o pida un enlace nuevo a su concesionario.'
    },
    replaced: {
      title: 'Este enlace ya no es válido',
      text: 'Se ha sustituido o retirado. Abra el último mensaje sobre el asunto o pida un enlace nuevo a su concesionario.'
    },
    refused: { title: 'No ha sido posible', text: 'Vuelva atrás y revise los datos.' },
    busy: { title: 'Demasiadas solicitudes', text: 'Espere un minuto e inténtelo de nuevo.' },
    failed: { title: 'Algo ha fallado', text: 'Inténtelo de nuevo más tarde.' }
  },
  pl: {
    absent: {
      title: 'Ta strona jest niedostępna',
      text: 'Adres jest błędny albo strona już nie istnieje.'
    },
    ended: {
      title: 'Ten link wygasł',
      text: 'Otwórz najnowszą wiadomość w tej sprawie albo poproś dealera o nowy link.'
    },
    replaced: {
      title: 'Ten link nie jest już ważny',
      text: 'Został zastąpiony lub wycofany. Otwórz najnowszą wiadomość w tej sprawie albo poproś dealera o nowy link.'
    },
    refused: { title: 'To się nie udało', text: 'Wróć i sprawdź wpisane dane.' },
    busy: { title: 'Zbyt wiele żądań', text: 'Odczekaj minutę i spróbuj ponownie.' },
    failed: { title: 'Coś poszło nie tak', text: 'Spróbuj ponownie później.' }
  }
}

/** The page of a status; of a 410, that the time of the link has come. */
export function errorPage(locale: Locale, status: number, lines: readonly string[] = []): string {
  return pageOf(locale, kindOf(status), lines)
}

function pageOf(locale: Locale, kind: Kind, lines: readonly string[] = []): string {
  const { title, text } = WORDING[locale][kind]
  return page(locale, title, [heading(title), paragraph(text), ...lines])
}

function kindOf(status: number): Kind {
  if (status === 404) return 'absent'
  if (status === 410) return 'ended'
  if (status === 429) return 'busy'
  return status >= 500 ? 'failed' : 'refused'
}

/** The error handler of routes that have pages: a person gets a page, a program a problem. */
export function refuseReader(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply
): FastifyReply {
  if (!wantsPage(request)) return sendProblem(error, request, reply)
  return refuseWithPage(error, request, reply)
}

/** The same at an address that mails have. */
export function refuseOpener(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply
): FastifyReply {
  if (!opensPage(request)) return sendProblem(error, request, reply)
  return refuseWithPage(error, request, reply)
}

/** The addresses of pages; `/r/` and `/u/` are also posted to by programs. */
const PAGES = /^\/[clpru]\//
const ONLY_PAGES = /^\/[clp]\//

/** The refusal of a request that no route takes: at the address of a page, a page. */
export function refuseUnrouted(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply
): FastifyReply {
  const isPage = ONLY_PAGES.test(request.url)
    ? opensPage(request)
    : PAGES.test(request.url) && wantsPage(request)
  if (!isPage) return sendProblem(error, request, reply)
  const { status, extras } = toProblem(error)
  if (extras.headers) void reply.headers(extras.headers)
  // An address that can't be read is one where no page is.
  const refusal = status === 400 ? problems.notFound('page') : error
  return refuseWithPage(refusal as FastifyError, request, reply)
}

/** The same for addresses at which there is nothing but a page. */
export function refuseWithPage(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply
): FastifyReply {
  return refuseIn(error, request, reply, 'en')
}

/** The same on pages of a dealer, whose language is that of readers of others. */
export function refuseIn(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  dealerLocale: Locale
): FastifyReply {
  const { status, extras } = toProblem(error)
  if (status >= 500) request.log.error({ err: error }, 'request failed')
  if (extras.retryAfter !== undefined) {
    void reply.header('retry-after', String(Math.ceil(extras.retryAfter)))
  }
  const { own = null, dealer = dealerLocale } = extras.languages ?? {}
  const kind = extras.refusal?.code === 'link-replaced' ? 'replaced' : kindOf(status)
  const lines = extras.contact ? contactLines(extras.contact) : []
  return sendPage(reply, pageOf(own ?? readerLocale(request, dealer), kind, lines), { status })
}
