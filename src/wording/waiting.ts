import type { Locale } from '../domain/dealers/dealer.ts'
import type { Waiting } from '../domain/qualification/waiting.ts'

/** What is said of a lead that waits for an answer. */
interface WaitingWording {
  title: string
  rows: Record<'what' | 'since' | 'expiresAt' | 'message' | 'next', string>
  link: string
  linkToSome: string
  offer: string
  offerOfNone: string
  /** Who can decide. */
  deciders: { request: string; offer: string; team: string }
  yours: string
  actions: Record<Waiting['actions'][number], string>
}

export const WAITING_WORDINGS: Record<Locale, WaitingWording> = {
  en: {
    title: 'Waits for an answer',
    rows: {
      what: 'Open',
      since: 'Since',
      expiresAt: 'Answer by',
      message: 'Message',
      next: 'What is next'
    },
    link: '{from} asked {to} to agree to a link to the client {client}.',
    linkToSome: '{from} asked {to} to agree to a link to a client.',
    offer: '{from} offered the lead to {to}.',
    offerOfNone: 'The lead is offered to {to}.',
    deciders: {
      request: '{to}, owners and admins can accept or decline.',
      offer: '{to} can accept or decline.',
      team: 'The members of the team {to} can accept or decline.'
    },
    yours: 'You can {actions}.',
    actions: { accept: 'accept', decline: 'decline', withdraw: 'withdraw' }
  },
  es: {
    title: 'En espera de respuesta',
    rows: {
      what: 'Pendiente',
      since: 'Desde',
      expiresAt: 'Responder antes de',
      message: 'Mensaje',
      next: 'Qué sigue'
    },
    link: '{from} pidió a {to} que acepte vincular el lead al cliente {client}.',
    linkToSome: '{from} pidió a {to} que acepte vincular el lead a un cliente.',
    offer: '{from} ofreció el lead a {to}.',
    offerOfNone: 'El lead se ofrece a {to}.',
    deciders: {
      request: 'Pueden aceptar o rechazar: {to}, los propietarios y los administradores.',
      offer: 'Puede aceptar o rechazar: {to}.',
      team: 'Pueden aceptar o rechazar los miembros del equipo {to}.'
    },
    yours: 'Usted puede {actions}.',
    actions: { accept: 'aceptar', decline: 'rechazar', withdraw: 'retirar' }
  },
  pl: {
    title: 'Czeka na odpowiedź',
    rows: {
      what: 'Otwarte',
      since: 'Od',
      expiresAt: 'Odpowiedź do',
      message: 'Wiadomość',
      next: 'Co dalej'
    },
    link: 'Prośba o zgodę na powiązanie z klientem {client}. Od: {from}. Do: {to}.',
    linkToSome: 'Prośba o zgodę na powiązanie z klientem. Od: {from}. Do: {to}.',
    offer: 'Propozycja przejęcia leada. Od: {from}. Do: {to}.',
    offerOfNone: 'Propozycja przejęcia leada. Do: {to}.',
    deciders: {
      request: 'Przyjąć lub odrzucić mogą: {to}, właściciele i administratorzy.',
      offer: 'Przyjąć lub odrzucić może: {to}.',
      team: 'Przyjąć lub odrzucić mogą członkowie zespołu {to}.'
    },
    yours: 'Możesz: {actions}.',
    actions: { accept: 'przyjąć', decline: 'odrzucić', withdraw: 'wycofać' }
  }
}

/** What waits, and what can be done about it, as sentences. */
export function sayWaiting(waiting: Waiting, locale: Locale): { what: string; next: string } {
  const words = WAITING_WORDINGS[locale]
  const { kind, from, toUser, toTeam, client, actions } = waiting
  const to = toTeam?.name ?? toUser?.name ?? '–'
  const fill = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  const values: Record<string, string> = {
    to,
    from: from?.name ?? '–',
    client: client?.name ?? '–',
    actions: actions.map((action) => words.actions[action]).join(', ')
  }
  const request = client === null ? words.linkToSome : words.link
  const offer = from === null ? words.offerOfNone : words.offer
  const deciders = toTeam === null ? words.deciders.offer : words.deciders.team
  const isRequest = kind === 'link_request'
  return {
    what: fill(isRequest ? request : offer),
    next: [
      fill(isRequest ? words.deciders.request : deciders),
      ...(actions.length > 0 ? [fill(words.yours)] : [])
    ].join(' ')
  }
}
