import { fold } from '../text/fold.ts'

/** Whether a value of this name is a number of a fax, which is no phone of a person. */
export function isOfFax(name: string): boolean {
  return /fax|faks/i.test(name)
}

/** Whether a value of this name is an id, a day or an amount, or is about another than the person. */
export function holdsNoPoint(name: string): boolean {
  return isOfFax(name) || OTHERS.test(name) || PEOPLE.test(name)
}

/** The dealer's people, the receivers of a form, and friends who told of the dealer. */
const PEOPLE =
  /sales|seller|agent|advis[eo]r|consultant|assigned|(?:contact|lead|account|record|deal)[ _-]?owner|dealer|handlow|opiekun|doradc|sprzedawc|salon|h(?:ä|ae?)ndler|concesionari|vendedor|asesor|verk(?:ä|ae?)ufer|berater|admin|webmaster|recipient|odbiorc|destinatari|empf(?:ä|ae?)nger|friend|znajom|amig[oa]|freund|polecaj|referr|(?:^|[^a-z])(?:to|b?cc)$/i

const OTHERS =
  /id$|code|zip|post|tax|nip$|pesel|dni|ssn|birth|date|price|income|vendor|provider|prefi[xj]|vorwahl|kierunk|budget|presupuesto|budzet|budżet|range|offer|ofert|order|pedido|zam[oó]w|bestell|auftrag|session|listing|og[lł]osze|inserat|anzeige|anuncio|(?:client|customer|kunden|kund|account|invoice|user|member|card|loan|policy)[ _-]?n(?:umber|ummer|o|r)\b|nr[ _-]?klienta|(?:^|[^a-z])(?:ip|vin|ref)(?:$|[^a-z])|remote[ _-]?addr|stock|invoice|faktur|factura|rechnung|amount|kwota|importe|betrag|mileage|przebieg|creat(?:ed|ion)|submitted|_time$|timestamp|token|hash/i

/**
 * Whether what is called so and holds an e-mail or a phone is another party than the person: the dealer and its
 * people, the receiver of a form, the host of a meeting. `either`: it may be the person, who sells or owns a car.
 */
export function isOtherParty(name: string): 'other' | 'either' | null {
  const words = fold(name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')).split(' ')
  if (words.some((word) => CUSTOMERS.has(word))) return null
  // Without its umlaut it is a word for a program: `form_handler`.
  if (/h(?:ä|ae)ndler/iu.test(name.normalize('NFC'))) return 'other'
  // `salesPerson` and `salesperson` are one.
  const pairs = words.map((word, at) => word + (words[at + 1] ?? ''))
  const isOther = [...words, ...pairs].some((word) => PARTIES.has(word))
  if (isOther || RECEIVERS.has(words.join(' '))) return 'other'
  return words.some((word) => EITHER.has(word)) ? 'either' : null
}

const CUSTOMERS = new Set(
  (
    'buyer customer client consumer sender prospect comprador cliente interesado kupujacy klient zainteresowany ' +
    'kunde interessent'
  ).split(' ')
)
const PARTIES = new Set(
  (
    'dealer dealers dealership salesperson salesman salesrep salesagent salesmanager salesteam assigned assignee advisor adviser consultant ' +
    'recipient recipients receiver organizer organiser host hosts membership memberships ' +
    'dealera salonu komisu sprzedawcy handlowca doradcy handlowiec sprzedawca doradca opiekun odbiorca salon komis polecajacy znajomy ' +
    'concesionario asesor comercial destinatario anfitrion amigo ' +
    'autohaus berater verkaufsberater empfanger empfaenger freund ' +
    'friend referrer webmaster'
  ).split(' ')
)
const EITHER = new Set(
  (
    'seller agent owner vendor provider rep representative manager branch store advertiser ' +
    'sprzedajacy ogloszeniodawca wlasciciel anunciante agente vendedor vendedora propietario proveedor ' +
    'verkaufer verkaeufer inserent inhaber besitzer eigentumer halter'
  ).split(' ')
)
const RECEIVERS = new Set(['to', 'cc', 'bcc', 'send to', 'mail to'])

/** Whether what is called so is about a second person beside the customer: `Co-Buyer Phone`. */
export function isOfAnother(name: string): boolean {
  const words = fold(name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')).split(' ')
  if (words.some((word) => BESIDE.has(word))) return true
  return words.some((word, at) => {
    const [before = '', behind = ''] = [words[at - 1], words[at + 1]]
    return ROLES.has(word) && (SECOND.has(before) || /^[2-9]$/.test(behind))
  })
}

const BESIDE = new Set(
  (
    'cobuyer coapplicant cosigner coowner coborrower cocustomer spouse wife husband guarantor emergency ' +
    'cotitular cocomprador conyuge esposa esposo marido avalista fiador ' +
    'malzonek malzonka malzonki wspolwlasciciel wspolkupujacy poreczyciel ' +
    'ehepartner ehefrau ehemann mitkaufer mitantragsteller zweitkaufer'
  ).split(' ')
)
const ROLES = new Set(
  (
    'buyer applicant signer owner borrower customer client comprador titular cliente kupujacy ' +
    'nabywca klient kunde kaufer'
  ).split(' ')
)
const SECOND = new Set(
  'co second 2nd joint additional segundo segunda drugi druga zweiter zweite'.split(' ')
)
