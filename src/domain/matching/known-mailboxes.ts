/** Mailboxes of an office rather than of a person. */
const ROLES: ReadonlySet<string> = new Set(
  (
    'info office contact sales admin accounts enquiries enquiry hello support service team mail post reception ' +
    'booking orders billing finance hr jobs marketing purchasing fleet workshop parts help webmaster ' +
    'biuro kontakt sekretariat sprzedaz handlowy handel zamowienia ksiegowosc serwis recepcja firma zarzad flota ' +
    'ventas contacto administracion comercial compras oficina pedidos taller atencion facturacion recepcion gerencia ' +
    'clientes buzon kundenservice buero verkauf'
  ).split(' ')
)

/** What people type instead of an address, before the `@`. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(
  (
    'no none nomail noemail noemail1 nobody test tests testing asd asdf qwe qwerty abc aaa aa a x xx xxx brak brakmaila ' +
    'niema nieposiada niemam sincorreo sinemail notiene nada ninguno klient cliente customer client unknown na n email ' +
    'anonim anonymous noreply nospam dummy fake example user 123 1234 12345 123456 nieznany'
  ).split(' ')
)

export type MailboxKind = 'own' | 'role' | 'relay' | 'placeholder'

/**
 * What kind of mailbox an address is, by its parts in small letters: a person's own, an office's, a portal's
 * relay (another for each enquiry), or something typed for want of one.
 */
export function mailboxKind(local: string, domain: string): MailboxKind {
  if (isRelay(local, domain)) return 'relay'
  const name = domain.slice(0, domain.indexOf('.'))
  if (PLACEHOLDERS.has(local) || local === name || domain.length < 4) return 'placeholder'
  if (/^(.)\1+$/.test(local)) return 'placeholder'
  return ROLES.has(local.replace(/[\d._-]{1,20}$/, '')) ? 'role' : 'own'
}

const RELAY_HOST =
  /(?:^|\.)(?:reply|replies|relay|proxy|leads?|messages?|messaging|marketplace|privaterelay|mailrelay|anon|masked|kontakt-mail)\./
const RELAY_LOCAL =
  /^(?:lead|leads|reply|relay|msg|message|enquiry|inquiry|user|buyer|conversation|thread|ad)[-_.+]?(?=[a-z\d]*\d)[a-z\d]{5,}$/

function isRelay(local: string, domain: string): boolean {
  if (RELAY_HOST.test(`.${domain}`)) return true
  return RELAY_LOCAL.test(local) && !FREE_DOMAINS.has(domain)
}

/** Domains in which anyone can have an address. */
export const FREE_DOMAINS: ReadonlySet<string> = new Set(
  (
    'gmail.com hotmail.com hotmail.es hotmail.co.uk outlook.com outlook.es yahoo.com yahoo.es yahoo.co.uk icloud.com ' +
    'me.com live.com live.co.uk msn.com aol.com protonmail.com proton.me gmx.com gmx.de gmx.net gmx.es web.de t-online.de ' +
    'wp.pl onet.pl onet.eu poczta.onet.pl op.pl o2.pl vp.pl interia.pl interia.eu poczta.fm gazeta.pl tlen.pl ' +
    'go2.pl buziaczek.pl autograf.pl telefonica.net terra.es ono.com movistar.es btinternet.com sky.com ' +
    'virginmedia.com talktalk.net ntlworld.com blueyonder.co.uk tiscali.co.uk googlemail.com mail.com'
  ).split(' ')
)
