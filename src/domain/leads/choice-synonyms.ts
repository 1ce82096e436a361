import { squeeze } from '../text/fold.ts'

/**
 * The words that people and programs use for the values of our choices, in English, Spanish, Polish and
 * German. They are compared without case, accents, blanks and punctuation. A word may mean several
 * values; the choices of the field decide: `telefon` is the channel `phone`, and a phone of type `voice`.
 */
const SYNONYMS: Readonly<Record<string, string>> = {
  inquiry:
    'enquiry|request|question|general|sales|lead|contact|consulta|solicitud|zapytanie|pytanie|' +
    'anfrage|kontaktanfrage',
  prequalification:
    'prequal|pre qualification|pre qualify|credit|credit application|credit request|finance|' +
    'finance application|financing|solicitud de credito|financiacion|kredyt|finansowanie|' +
    'wniosek kredytowy|finanzierung|finanzierungsanfrage',

  buy: 'buying|purchase|purchasing|to buy|comprar|compra|kupic|kupno|zakup|kupuje|kaufen|kauf',
  lease: 'leasing|rent|arrendar|arrendamiento|renting|wynajem|najem|mieten',
  sell: 'selling|to sell|vender|venta|sprzedac|sprzedaz|sprzedam|verkaufen|verkauf',
  'trade-in':
    'trade|part exchange|part ex|px|exchange|retoma|permuta|entrega|parte de pago|zamiana|zamienic|' +
    'w rozliczeniu|odkup|inzahlungnahme|inzahlung|tausch',
  'test-drive':
    'demo|test driving|drive|prueba|prueba de conduccion|probar|jazda probna|jazda testowa|' +
    'probefahrt|testfahrt',

  new: 'brand new|factory new|unused|n|nuevo|nueva|nowy|nowa|nowe|fabrycznie nowy|neu|neuwagen|neufahrzeug',
  used:
    'u|pre owned|preowned|pre loved|second hand|secondhand|2nd hand|cpo|certified|certified pre owned|' +
    'certified used|nearly new|demo|usado|usada|ocasion|de ocasion|segunda mano|de segunda mano|km 0|' +
    'seminuevo|uzywany|uzywana|uzywane|z drugiej reki|poleasingowy|demonstracyjny|gebraucht|' +
    'gebrauchtwagen|gebrauchtfahrzeug|jahreswagen|vorfuhrwagen',

  voice: 'phone|telephone|tel|main|landline|telefono|telefon|fijo|stacjonarny|festnetz',
  mobile:
    'cell|cellphone|cell phone|cellular|mobile phone|handset|smartphone|iphone|m|movil|celular|' +
    'telefono movil|komorka|komorkowy|tel kom|telefon komorkowy|handy|mobil|mobiltelefon|mobilfunk',
  work:
    'business|office|company|job|daytime|trabajo|oficina|empresa|laboral|praca|sluzbowy|firmowy|' +
    'biuro|firma|arbeit|geschaftlich|buro|dienstlich|beruflich',
  home:
    'private|personal|residence|house|casa|domicilio|particular|hogar|dom|domowy|prywatny|' +
    'privat|zuhause|zu hause',
  fax: 'facsimile|home fax|work fax|faks',
  pager: 'beeper|busca|buscapersonas|piepser',
  other: 'otro|otra|inny|inna|inne|andere|anderer|sonstige',
  delivery: 'shipping|entrega|envio|dostawa|lieferung|lieferadresse',

  email: 'mail|e mails|correo|correo electronico|poczta|poczta elektroniczna|mailowo',
  phone:
    'call|phone call|telephone|tel|cell|cellphone|mobile|ring|telefono|llamada|llamada telefonica|' +
    'por telefono|telefon|telefonicznie|anruf|telefonisch|ruckruf',
  sms: 'text|text message|texting|txt|mensaje de texto|wiadomosc sms|textnachricht',
  whatsapp: 'whats app|wa|wasap',
  post:
    'letter|postal|postal mail|snail mail|carta|correo postal|poczta tradycyjna|list|listownie|brief|' +
    'per post',

  morning:
    'mornings|am|a m|in the morning|por la manana|manana|rano|rankiem|przed poludniem|morgens|vormittag|vormittags',
  afternoon:
    'afternoons|pm|p m|in the afternoon|tarde|por la tarde|popoludnie|po poludniu|nachmittag|nachmittags',
  evening: 'evenings|night|in the evening|noche|por la noche|wieczor|wieczorem|abend|abends',
  day: 'daytime|during the day|business hours|dia|de dia|dzien|w dzien|w ciagu dnia|tagsuber|tag',
  nopreference:
    'no preference|any|any time|anytime|all day|whenever|does not matter|indiferente|cualquiera|' +
    'cualquier hora|sin preferencia|dowolna|dowolny|obojetnie|bez znaczenia|egal|jederzeit',

  hour: 'hourly|per hour|hora|por hora|godzina|za godzine|stunde|stundlich',
  week: 'weekly|per week|semana|semanal|tydzien|tygodniowo|woche|wochentlich',
  fortnight:
    'fortnightly|biweekly|bi weekly|every two weeks|quincena|quincenal|dwa tygodnie|zweiwochentlich',
  month: 'monthly|per month|pm|mes|mensual|al mes|miesiac|miesiecznie|monat|monatlich',
  year: 'yearly|annual|annually|per year|per annum|pa|ano|anual|al ano|rok|rocznie|jahr|jahrlich',

  km: 'км|километров|kilometern|chilometri|quilometros|kilometrov|kilometru|kms|kilometer|kilometre|kilometers|kilometres|kilometros|kilometr|kilometry|kilometrow',
  mi: 'mile|miles|millas|meilen|milhas|miglia|миль'
}

/** No synonym is longer; a longer text is not folded for nothing. */
const MAX_LENGTH = 60

const WORDS = new Map(
  Object.entries(SYNONYMS).map(([value, words]) => [value, new Set(words.split('|').map(squeeze))])
)

/** The value that a text names, by itself or by a synonym; null: it names none of these choices. */
export function readChoice<Choice extends string>(
  text: string,
  choices: readonly Choice[]
): Choice | null {
  const word = text.length > MAX_LENGTH ? '' : squeeze(text)
  if (word === '') return null
  const exact = choices.find((choice) => squeeze(choice) === word)
  return exact ?? choices.find((choice) => WORDS.get(choice)?.has(word)) ?? null
}
