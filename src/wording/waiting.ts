import type { Locale } from '../domain/dealers/dealer.ts'
import type { Ended, Waiting } from '../domain/qualification/waiting.ts'

/** What is said of a lead that waits for an answer. */
interface WaitingWording {
  title: string
  rows: Record<'what' | 'since' | 'expiresAt' | 'message' | 'next' | 'answer', string>
  link: string
  linkToSome: string
  offer: string
  offerOfNone: string
  /** Who can decide. */
  deciders: { request: string; offer: string; team: string }
  yours: string
  actions: Record<Waiting['actions'][number], string>
  ended: {
    title: string
    /** What was asked or offered, and how it ended. */
    rows: Record<'what' | 'ended' | 'reason', string>
    /** By a user, at a time. */
    by: Record<Ended['how'], string>
    /** The same where no user did it. */
    alone: Record<Ended['how'], string>
  }
}

export const WAITING_WORDINGS: Record<Locale, WaitingWording> = {
  en: {
    title: 'Waits for an answer',
    rows: {
      what: 'Open',
      since: 'Since',
      expiresAt: 'Answer by',
      message: 'Message',
      next: 'What is next',
      answer: 'Where to answer'
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
    actions: { accept: 'accept', decline: 'decline', withdraw: 'withdraw' },
    ended: {
      title: 'Offers and requests',
      rows: { what: 'Was', ended: 'State', reason: 'Reason' },
      by: {
        accepted: 'Accepted by {by} at {at}.',
        declined: 'Declined by {by} at {at}.',
        withdrawn: 'Withdrawn by {by} at {at}.',
        expired: 'Ended at {at} without an answer.'
      },
      alone: {
        accepted: 'Accepted at {at}.',
        declined: 'Declined at {at}.',
        withdrawn: 'Withdrawn at {at}.',
        expired: 'Ended at {at} without an answer.'
      }
    }
  },
  es: {
    title: 'En espera de respuesta',
    rows: {
      what: 'Pendiente',
      since: 'Desde',
      expiresAt: 'Responder antes de',
      message: 'Mensaje',
      next: 'Qué sigue',
      answer: 'Dónde responder'
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
    actions: { accept: 'aceptar', decline: 'rechazar', withdraw: 'retirar' },
    ended: {
      title: 'Ofertas y peticiones',
      rows: { what: 'Qué fue', ended: 'Estado', reason: 'Motivo' },
      by: {
        accepted: 'Aceptado por {by}, {at}.',
        declined: 'Rechazado por {by}, {at}.',
        withdrawn: 'Retirado por {by}, {at}.',
        expired: 'Terminó sin respuesta, {at}.'
      },
      alone: {
        accepted: 'Aceptado, {at}.',
        declined: 'Rechazado, {at}.',
        withdrawn: 'Retirado, {at}.',
        expired: 'Terminó sin respuesta, {at}.'
      }
    }
  },
  pl: {
    title: 'Czeka na odpowiedź',
    rows: {
      what: 'Otwarte',
      since: 'Od',
      expiresAt: 'Odpowiedź do',
      message: 'Wiadomość',
      next: 'Co dalej',
      answer: 'Gdzie odpowiedzieć'
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
    actions: { accept: 'przyjąć', decline: 'odrzucić', withdraw: 'wycofać' },
    ended: {
      title: 'Propozycje i prośby',
      rows: { what: 'Co to było', ended: 'Stan', reason: 'Powód' },
      by: {
        accepted: 'Przyjęto: {by}, {at}.',
        declined: 'Odrzucono: {by}, {at}.',
        withdrawn: 'Wycofano: {by}, {at}.',
        expired: 'Zakończono bez odpowiedzi: {at}.'
      },
      alone: {
        accepted: 'Przyjęto: {at}.',
        declined: 'Odrzucono: {at}.',
        withdrawn: 'Wycofano: {at}.',
        expired: 'Zakończono bez odpowiedzi: {at}.'
      }
    }
  }
}

/** What waits, and what can be done about it, as sentences. */
export function sayWaiting(waiting: Waiting, locale: Locale): { what: string; next: string } {
  const words = WAITING_WORDINGS[locale]
  const { kind, toTeam, actions } = waiting
  const values = {
    to: nameOfTo(waiting),
    actions: actions.map((one) => words.actions[one]).join(', ')
  }
  const deciders = toTeam === null ? words.deciders.offer : words.deciders.team
  return {
    what: sayWhat(waiting, locale),
    next: [
      fill(kind === 'link_request' ? words.deciders.request : deciders, values),
      ...(actions.length > 0 ? [fill(words.yours, values)] : [])
    ].join(' ')
  }
}

/** What was asked or offered, and how and when that ended, as sentences. */
export function sayEnded(
  ended: Ended,
  locale: Locale,
  at: string
): { what: string; state: string } {
  const { how, by } = ended
  const { by: byUser, alone } = WAITING_WORDINGS[locale].ended
  const state = by === null ? fill(alone[how], { at }) : fill(byUser[how], { at, by: by.name })
  return { what: sayWhat(ended, locale), state }
}

type Said = Pick<Waiting, 'kind' | 'from' | 'toUser' | 'toTeam' | 'client'>

function sayWhat(about: Said, locale: Locale): string {
  const words = WAITING_WORDINGS[locale]
  const { kind, from, client } = about
  const request = client === null ? words.linkToSome : words.link
  const offer = from === null ? words.offerOfNone : words.offer
  const values = { to: nameOfTo(about), from: from?.name ?? '–', client: client?.name ?? '–' }
  return fill(kind === 'link_request' ? request : offer, values)
}

function nameOfTo({ toTeam, toUser }: Said): string {
  return toTeam?.name ?? toUser?.name ?? '–'
}

function fill(text: string, values: Record<string, string>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}
