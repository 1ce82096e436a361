import type {
  ColorCombination,
  Odometer,
  Vehicle,
  VehicleFinance,
  VehicleInterest,
  VehicleOption
} from '../leads/vehicle.ts'
import { VEHICLE_CONDITIONS, VEHICLE_INTERESTS } from '../leads/vehicle.ts'
import { vehicleOf } from '../leads/empty-lead.ts'
import { readOdometer as readWrittenOdometer } from '../leads/written-values.ts'
import { distanceUnitOf } from '../leads/distance-unit.ts'
import { readModelYear } from '../leads/model-year.ts'
import { readChoice } from '../leads/choice-synonyms.ts'
import { withoutDecimals } from '../text/whole-code.ts'
import { integerBetween, oneOf, readMoney, readPrice } from './amounts.ts'
import type { ElementCursor } from './element-cursor.ts'
import { readReferences } from './read-party.ts'
import { PLATE_SOURCE } from './write-vehicle.ts'
import { isEmptyRecord } from './xml.ts'

/** The dealer by whom vehicles are read. */
export interface VehicleReading {
  /** ISO 4217: the currency of amounts that name none. */
  defaultCurrency: string
  /** ISO 3166-1 alpha-2. */
  country: string
}

/** Reads a vehicle, or null where the element names none. The first of the interests is the default. */
export function readVehicle(
  element: ElementCursor,
  reading: VehicleReading,
  interests: readonly VehicleInterest[] = VEHICLE_INTERESTS
): Vehicle | null {
  const described = readDetails(element, reading)
  // `<vehicle>2021 Kia Ceed</vehicle>`: the text is taken apart as that of a model.
  const model = isEmptyRecord(described) ? element.knownText(shortText) : described.model
  const details = { ...described, model }
  // The attributes of a vehicle without interest stay unread: it may belong to a test drive.
  if (isEmptyRecord(details)) return null

  const interest =
    element.attribute('interest', (text) => readChoice(text, interests)) ?? interests[0] ?? 'buy'
  // ADF's default for a missing one is new (adf-1.0.dtd). Senders leave it out where they don't know.
  const parse = (text: string) => readChoice(text, VEHICLE_CONDITIONS)
  const said = element.attribute('status', parse) ?? element.childText(STATUS_ELEMENTS, parse)
  // `Used` in the element for the state is the condition, as in lists and JSON.
  const written = said === null && details.state !== null ? parse(details.state) : null
  const state = written === null ? details.state : null
  return vehicleOf({ interest, ...details, condition: said ?? written, state })
}

/** A longer text is prose. */
const MAX_VEHICLE_TEXT = 120

const shortText = (text: string) => (text.length > MAX_VEHICLE_TEXT ? null : text)

function readDetails(element: ElementCursor, reading: VehicleReading) {
  const all = readReferences(element)
  const plate = all.find(({ source }) => source === PLATE_SOURCE)
  return {
    references: all.filter((reference) => reference !== plate),
    year: element.childText(['year', 'modelyear'], readYear),
    make: element.childText(['make']),
    model: element.childText(['model']),
    trim: element.childText(['trim']),
    vin: element.childText(['vin']),
    plate: plate ? plate.id : element.childText(PLATE_ELEMENTS),
    stockNumber: element.childText(STOCK_ELEMENTS, withoutDecimals),
    doors: element.childText(['doors']),
    bodyStyle: element.childText(['bodystyle', 'bodytype', 'body']),
    transmission: element.childText(['transmission']),
    odometer: readOdometer(element.child('odometer', 'mileage'), reading),
    state: element.childText(['condition']),
    colors: [
      ...element.all('colorcombination', 'colourcombination').flatMap(readColors),
      ...readBareColors(element)
    ],
    image: readImage(element.child('imagetag')),
    price: readPrice(element.child('price'), reading.defaultCurrency),
    priceComments: element.childText(['pricecomments']),
    options: element.all('option').flatMap((option) => readOption(option, reading)),
    finance: readFinance(element.child('finance'), reading),
    comments: readComments(element)
  }
}

function readYear(text: string): number | null {
  return integerBetween(1885, 2100)(String(readModelYear(text)))
}

/** All comments of an element as one text: `comment` is a common slip for `comments`. */
export function readComments(element: ElementCursor): string | null {
  const texts = element
    .all('comments', 'comment')
    .flatMap((comments) => comments.knownText() ?? [])
    .join('\n\n')
  return texts === '' ? null : texts
}

const PLATE_ELEMENTS = [
  'plate',
  'platenumber',
  'licenseplate',
  'registration',
  'registrationnumber'
]
const STATUS_ELEMENTS = ['status', 'vehiclestatus', 'newused', 'neworused', 'stocktype']
const STOCK_ELEMENTS = ['stock', 'stocknumber', 'stockno', 'stockid']

/**
 * The odometer's own text, or its `value` with its `units`. Without a unit it is in that of the dealer's
 * country.
 */
function readOdometer(element: ElementCursor | null, reading: VehicleReading): Odometer | null {
  if (!element) return null
  const own = distanceUnitOf(reading.country)
  const place = { unit: own, country: reading.country }
  const parse = (text: string) => {
    const read = readWrittenOdometer(text, place)
    return read && { ...read, text, isBare: !/\p{L}{2}/u.test(text) }
  }
  const read = element.text(parse) ?? element.childText(['value', 'reading'], parse)
  if (!read) return null
  // A unit may have a multiple: `thousand km` beside 85.
  const parseUnit = (unit: string) =>
    readWrittenOdometer(read.isBare ? `${read.text} ${unit}` : read.text, place)
  const said =
    element.attribute('units', parseUnit) ??
    element.attribute('unit', parseUnit) ??
    element.childText(['units', 'unit'], parseUnit)
  const statuses = ['unknown', 'rolledover', 'replaced', 'original'] as const
  return {
    value: said?.value ?? read.value,
    unit: said?.unit ?? read.unit,
    status: element.attribute('status', oneOf(statuses))
  }
}

function readColors(element: ElementCursor): ColorCombination[] {
  const interior = element.childText(INTERIOR_ELEMENTS)
  const exterior = element.childText(EXTERIOR_ELEMENTS)
  if (interior === null && exterior === null) return []
  return [
    { interior, exterior, preference: element.childText(['preference'], integerBetween(1, 999)) }
  ]
}

const INTERIOR_ELEMENTS = ['interiorcolor', 'interiorcolour']
/** `color` is that of the outside. */
const EXTERIOR_ELEMENTS = ['color', 'colour', 'exteriorcolor', 'exteriorcolour']

/** Colours that stand in the vehicle itself. */
function readBareColors(vehicle: ElementCursor): ColorCombination[] {
  const interior = vehicle.childText(INTERIOR_ELEMENTS)
  const exterior = vehicle.childText(EXTERIOR_ELEMENTS)
  return interior === null && exterior === null ? [] : [{ interior, exterior, preference: null }]
}

function readImage(element: ElementCursor | null): Vehicle['image'] {
  const url = element?.knownText()
  if (!element || url === null || url === undefined) return null
  return {
    url,
    width: element.attribute('width', integerBetween(0, 99_999)),
    height: element.attribute('height', integerBetween(0, 99_999)),
    altText: element.attribute('alttext')
  }
}

function readOption(element: ElementCursor, reading: VehicleReading): VehicleOption[] {
  const name = element.childText(['optionname'])
  if (name === null) return []
  return [
    {
      name,
      manufacturerCode: element.childText(['manufacturercode']),
      stockNumber: element.childText(STOCK_ELEMENTS),
      weighting: element.childText(['weighting'], integerBetween(-100, 100)),
      price: readPrice(element.child('price'), reading.defaultCurrency)
    }
  ]
}

function readFinance(
  element: ElementCursor | null,
  reading: VehicleReading
): VehicleFinance | null {
  if (!element) return null
  const method = element.childText(['method'])
  const amounts = element.all('amount').flatMap((amount) => {
    const money = readMoney(amount, reading.defaultCurrency)
    if (!money) return []
    const type = amount.attribute('type', oneOf(['total', 'downpayment', 'monthly'])) ?? 'total'
    const limit = amount.attribute('limit', oneOf(['maximum', 'minimum', 'exact']))
    return [{ ...money, type, limit }]
  })
  const balance = readBalance(element.child('balance'), reading)
  const isEmpty = method === null && amounts.length === 0 && balance === null
  return isEmpty ? null : { method, amounts, balance }
}

function readBalance(
  element: ElementCursor | null,
  reading: VehicleReading
): VehicleFinance['balance'] {
  if (!element) return null
  const money = readMoney(element, reading.defaultCurrency)
  if (!money) return null
  return { ...money, type: element.attribute('type', oneOf(['finance', 'residual'])) ?? 'finance' }
}
