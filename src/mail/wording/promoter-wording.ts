import type { Locale } from '../../domain/dealers/dealer.ts'

/** The purposes of mails to promoters. */
type PromoterTopic = 'invitation' | 'welcome' | 'refusal'

/** Our own text in mails to promoters about themselves, in one language. */
interface PromoterWording {
  subjects: Record<PromoterTopic, string>
  intros: Record<PromoterTopic, string>
  /** The target of the link. */
  links: Record<Exclude<PromoterTopic, 'refusal'>, string>
  notes: Record<PromoterTopic, string>
  section: string
  rows: Record<'invitedBy' | 'message' | 'expiresAt', string>
  footer: string
}

const english: PromoterWording = {
  subjects: {
    invitation: 'Invitation to recommend {dealer}',
    welcome: 'Welcome: you recommend {dealer}',
    refusal: 'Your sign-up at {dealer}'
  },
  intros: {
    invitation:
      '{dealer} invites you to bring people who are looking for a car. You get a link of your own to hand out, and see what comes of it.',
    welcome:
      '{dealer} has accepted you. On your own page you find the link to hand out, and see what comes of it.',
    refusal: '{dealer} has not accepted your sign-up to recommend it.'
  },
  links: { invitation: 'See and accept the invitation', welcome: 'Open your page' },
  notes: {
    invitation: 'If you do not want this, you need not do anything.',
    welcome: 'This address opens your page without a password: keep it to yourself.',
    refusal: 'If you have questions, please ask the dealer.'
  },
  section: 'Invitation',
  rows: { invitedBy: 'Invited by', message: 'Message', expiresAt: 'Valid until' },
  footer: 'This message was sent to you on behalf of {dealer}.'
}

const spanish: PromoterWording = {
  subjects: {
    invitation: 'Invitación para recomendar {dealer}',
    welcome: 'Le damos la bienvenida: usted recomienda {dealer}',
    refusal: 'Su registro en {dealer}'
  },
  intros: {
    invitation:
      '{dealer} le invita a traer a personas que buscan coche. Tendrá un enlace propio para compartir y verá en qué queda.',
    welcome:
      '{dealer} le ha aceptado. En su propia página encontrará el enlace para compartir y verá en qué queda.',
    refusal: '{dealer} no ha aceptado su registro para recomendarlo.'
  },
  links: { invitation: 'Ver y aceptar la invitación', welcome: 'Abrir su página' },
  notes: {
    invitation: 'Si no le interesa, no tiene que hacer nada.',
    welcome: 'Quien tenga esta dirección verá su página: no la comparta.',
    refusal: 'Si tiene alguna pregunta, diríjase al concesionario.'
  },
  section: 'Invitación',
  rows: { invitedBy: 'De parte de', message: 'Mensaje', expiresAt: 'Válida hasta' },
  footer: 'Ha recibido este mensaje en nombre de {dealer}.'
}

const polish: PromoterWording = {
  subjects: {
    invitation: 'Zaproszenie do polecania: {dealer}',
    welcome: 'Witamy wśród polecających: {dealer}',
    refusal: 'Twoje zgłoszenie: {dealer}'
  },
  intros: {
    invitation:
      '{dealer} zaprasza do polecania osób, które szukają samochodu. Dostaniesz własny link do przekazywania i zobaczysz, co z tego wynikło.',
    welcome:
      '{dealer}: zgłoszenie zostało przyjęte. Na własnej stronie znajdziesz link do przekazywania i zobaczysz, co z tego wynikło.',
    refusal: '{dealer}: Twoje zgłoszenie nie zostało przyjęte.'
  },
  links: { invitation: 'Zobacz i przyjmij zaproszenie', welcome: 'Otwórz swoją stronę' },
  notes: {
    invitation: 'Jeśli nie chcesz, nie musisz nic robić.',
    welcome: 'Kto ma ten adres, widzi Twoją stronę: zachowaj go dla siebie.',
    refusal: 'W razie pytań skontaktuj się z dealerem.'
  },
  section: 'Zaproszenie',
  rows: { invitedBy: 'Zaprasza', message: 'Wiadomość', expiresAt: 'Ważne do' },
  footer: 'Ta wiadomość została wysłana w imieniu firmy {dealer}.'
}

const WORDINGS: Record<Locale, PromoterWording> = { en: english, es: spanish, pl: polish }

export function promoterWordingFor(locale: Locale): PromoterWording {
  return WORDINGS[locale]
}
