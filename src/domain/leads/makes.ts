import { fold, squeeze } from '../text/fold.ts'

/** Makes of vehicles, as their makers write them without accents, and what else they are called. */
const MAKES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    (
      'Abarth|Acura|Aiways|Alpina|Alpine|Aprilia|Aston Martin|Audi|Austin|BAIC|Bentley|BMW|Bugatti|Buick|BYD|Cadillac|' +
      'Caterham|Changan|Chery|Chirey|Chrysler|Citroen|Cupra|Dacia|Daewoo|Daihatsu|Datsun|DFSK|Dodge|Dongfeng|Ducati|' +
      'EBRO|Ferrari|Fiat|Fisker|Ford|Forthing|FSO|GAC|Geely|Genesis|GMC|Great Wall|Harley Davidson|Haval|Holden|Honda|Hongqi|' +
      'Hummer|Husqvarna|Hyundai|Ineos|Infiniti|Isuzu|Iveco|JAC|Jaecoo|Jaguar|Jeep|Jetour|Kawasaki|Kia|KGM|Koenigsegg|' +
      'Lada|Lamborghini|Lancia|Leapmotor|Lexus|Ligier|Lincoln|Lotus|Lucid|Lynk & Co|Mahindra|Maserati|Maxus|Maybach|' +
      'Mazda|McLaren|Mercury|MG|Microcar|Mini|Mitsubishi|Morgan|Nio|Nissan|Oldsmobile|Omoda|Opel|Peugeot|' +
      'Piaggio|Plymouth|Polestar|Pontiac|Porsche|Ram|Renault|Rimac|Rivian|Rolls-Royce|Rover|Royal Enfield|Saab|Saturn|' +
      'Scion|SEAT|Seres|Skoda|Skywell|Smart|SsangYong|Subaru|Suzuki|SWM|Tata|Tesla|Toyota|Trabant|Triumph|Vauxhall|' +
      'Vespa|VinFast|Volvo|Voyah|Wartburg|Wuling|XPeng|Yamaha|Yugo|Zeekr|Zotye'
    )
      .split('|')
      .map((name) => [name, []])
  ),
  'Alfa Romeo': ['alfa'],
  Chevrolet: ['chevy'],
  DS: ['ds automobiles'],
  'Land Rover': ['landrover'],
  'Mercedes-Benz': ['mercedes', 'mercedez benz', 'mercedez', 'merc'],
  Volkswagen: ['vw', 'volkswagen vw', 'wolkswagen', 'volkswagon']
}

/**
 * Short forms and slips that are a make where the text has nothing else. At the beginning of a sentence they may
 * be another word: `Jag` is `I` in Swedish.
 */
const ALONE: Readonly<Record<string, string>> = {
  'Alfa Romeo': 'alpha romeo|alfaromeo',
  'Aston Martin': 'aston',
  BMW: 'bimmer|beemer',
  Chevrolet: 'chev|chevvy|chevi|chevrolette',
  Cadillac: 'cadilac|caddilac',
  Chrysler: 'crysler',
  DS: 'ds auto',
  Ferrari: 'ferari',
  'Harley Davidson': 'harley|hd|harley davison',
  Hyundai: 'hundai|hyundia|huyndai|hyunday',
  Infiniti: 'infinity',
  Jaguar: 'jag|jaguar cars',
  KGM: 'kg mobility',
  Lamborghini: 'lambo|lamborgini',
  'Land Rover': 'landy',
  'Lynk & Co': 'lynk',
  'Mercedes-Benz': 'mb|mersedes|mercedes bens|mercedez bens|daimler benz',
  MG: 'mg motor|mg motors',
  Mitsubishi: 'mitsu|mitsubushi|mitshubishi',
  Nissan: 'nisan|nissian',
  Oldsmobile: 'olds',
  Peugeot: 'peugot|peugeout|peugoet',
  Porsche: 'porche|porshe',
  Renault: 'renalt|reno',
  'Rolls-Royce': 'rolls|rr',
  SsangYong: 'sangyong|ssanyong',
  Suzuki: 'susuki|suzuky',
  Tesla: 'tesla motors',
  Toyota: 'toyoto|tojota',
  Vauxhall: 'vaux|vauxhal',
  Volkswagen: 'volks|folkswagen|volkswagan|volkswagn|volkswaggen'
}

/** Models that are called without their make, and whose name stays. */
const MODEL_FIRST: Readonly<Record<string, string>> = { 'range rover': 'Land Rover' }

/**
 * The one spelling of a make, for a short form or another spelling of it: `Volkswagen` for `VW`. Letter case, accents
 * and hyphens are no other spelling, and stay. A text that is no make that is known is returned as it is.
 */
export function canonicalMake(text: string): string {
  const name = WHOLE.get(squeeze(text))
  return name === undefined || fold(name) === fold(text) ? text : name
}

/** What a text begins with, if that is a make. */
export interface FoundMake {
  make: string
  /** The length of the make in the text; 0: the text only has the model of the make. */
  length: number
}

/** The make with which a text begins; null: none that is known. */
export function makeAtStart(text: string): FoundMake | null {
  const plain = withoutAccents(text)
  if (/^mini[ -]?(?:van|bus)/i.test(plain)) return null
  const [model] = MODELS.exec(plain) ?? []
  if (model !== undefined) return { make: MODEL_FIRST[keyOf(model)] ?? '', length: 0 }
  const [found] = BEGINNING.exec(plain) ?? []
  if (found === undefined) return null
  const written = text.slice(0, found.length)
  const known = NAMES.get(keyOf(found))
  if (!known) return null
  const isAsWritten = !known.isAlias && /\p{Lu}/u.test(written) && /\p{Ll}/u.test(written)
  return { make: isAsWritten ? written : known.name, length: found.length }
}

const NAMES = new Map(
  Object.entries(MAKES).flatMap(([name, others]) =>
    [name, ...others].map((one) => [keyOf(one), { name, isAlias: one !== name }] as const)
  )
)
const WHOLE = new Map(
  Object.entries(MAKES).flatMap(([name, others]) =>
    [name, ...others, ...(ALONE[name]?.split('|') ?? [])].map((one) => [squeeze(one), name])
  )
)
const BEGINNING = beginningWith([...NAMES.keys()])
const MODELS = beginningWith(Object.keys(MODEL_FIRST))

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[\s&-]+/g, ' ')
}

/** One of these at the beginning of a text, as a word; the longest first. */
function beginningWith(keys: readonly string[]): RegExp {
  const longestFirst = keys.toSorted((one, other) => other.length - one.length)
  const words = longestFirst.map((key) => key.replaceAll(' ', String.raw`[\s&-]{1,3}`))
  return new RegExp(String.raw`^(?:${words.join('|')})(?![\p{L}\d])`, 'iu')
}

/** The text with the same places, so that what is found in it is found in the text. */
function withoutAccents(text: string): string {
  return Array.from({ length: text.length }, (_, at) =>
    text.charAt(at).normalize('NFD').charAt(0)
  ).join('')
}
