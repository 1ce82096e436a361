import type { ExternalReference, Money } from '../leads/values.ts'
import type {
  ColorCombination,
  Odometer,
  Price,
  Vehicle,
  VehicleFinance,
  VehicleOption
} from '../leads/vehicle.ts'
import { UNKNOWN } from './placeholders.ts'
import type { XmlElement } from './xml.ts'
import { optionalElement, parentElement, presentText, textElement } from './xml.ts'

/** A lead about no vehicle: ADF demands one, and receivers know the word. */
export function writeUnknownVehicle(): XmlElement {
  return parentElement('vehicle', writeModel({ year: null, make: null, model: null }))
}

export function writeVehicle(vehicle: Vehicle): XmlElement {
  return parentElement(
    'vehicle',
    [
      ...vehicle.references.flatMap(writeReference),
      ...writePlate(vehicle.plate),
      ...writeModel(vehicle),
      ...optionalElement('vin', vehicle.vin),
      ...optionalElement('stock', vehicle.stockNumber),
      ...optionalElement('trim', vehicle.trim),
      ...optionalElement('doors', vehicle.doors),
      ...optionalElement('bodystyle', vehicle.bodyStyle),
      ...optionalElement('transmission', vehicle.transmission),
      ...writeOdometer(vehicle.odometer),
      ...optionalElement('condition', vehicle.state),
      ...vehicle.colors.flatMap(writeColors),
      ...writeImage(vehicle.image),
      ...writePrice(vehicle.price),
      ...optionalElement('pricecomments', vehicle.priceComments),
      ...vehicle.options.flatMap(writeOption),
      ...writeFinance(vehicle.finance),
      ...optionalElement('comments', vehicle.comments)
    ],
    { interest: vehicle.interest, ...(vehicle.condition && { status: vehicle.condition }) }
  )
}

/** ADF has no element for a plate; an id of a source of its own is valid everywhere. */
export const PLATE_SOURCE = 'plate'

function writePlate(plate: string | null): XmlElement[] {
  return plate === null ? [] : writeReference({ id: plate, source: PLATE_SOURCE, sequence: null })
}

/** `source` is required by ADF's tables; an id without one is still worth passing on. */
export function writeReference({ id, source, sequence }: ExternalReference): XmlElement[] {
  return optionalElement('id', id, { sequence, source: presentText(source) ?? UNKNOWN })
}

function writeModel({ year, make, model }: Pick<Vehicle, 'year' | 'make' | 'model'>) {
  return [
    textElement('year', year === null ? UNKNOWN : String(year)),
    textElement('make', presentText(make) ?? UNKNOWN),
    textElement('model', presentText(model) ?? UNKNOWN)
  ]
}

function writeOdometer(odometer: Odometer | null): XmlElement[] {
  if (!odometer || !Number.isFinite(odometer.value)) return []
  const { value, unit, status } = odometer
  return [textElement('odometer', String(value), { status, units: unit })]
}

/** Colours are given in order of preference, so the position stands in for a missing number. */
function writeColors(colors: ColorCombination, index: number): XmlElement[] {
  const parts = [
    ...optionalElement('interiorcolor', colors.interior),
    ...optionalElement('exteriorcolor', colors.exterior)
  ]
  if (parts.length === 0) return []
  const preference = textElement('preference', String(colors.preference ?? index + 1))
  return [parentElement('colorcombination', [...parts, preference])]
}

function writeImage(image: Vehicle['image']): XmlElement[] {
  if (!image) return []
  return optionalElement('imagetag', image.url, {
    width: image.width === null ? null : String(image.width),
    height: image.height === null ? null : String(image.height),
    alttext: image.altText
  })
}

/** The currency of an amount, where the sender named it. */
function givenCurrency({ currency, currencyAssumed = false }: Money): string | null {
  return currencyAssumed ? null : currency
}

function writePrice(price: Price | null): XmlElement[] {
  if (!price) return []
  const { amount, type, delta, relativeTo, source } = price
  return optionalElement('price', amount, {
    type,
    currency: givenCurrency(price),
    delta,
    relativeto: relativeTo,
    source
  })
}

function writeOption(option: VehicleOption): XmlElement[] {
  const name = optionalElement('optionname', option.name)
  if (name.length === 0) return []
  return [
    parentElement('option', [
      ...name,
      ...optionalElement('manufacturercode', option.manufacturerCode),
      ...optionalElement('stock', option.stockNumber),
      ...optionalElement('weighting', option.weighting),
      ...writePrice(option.price)
    ])
  ]
}

/** The DTD demands an amount; an empty one claims no sum. */
function writeFinance(finance: VehicleFinance | null): XmlElement[] {
  if (!finance) return []
  const { method, amounts, balance } = finance
  const written = amounts.flatMap((one) =>
    optionalElement('amount', one.amount, {
      type: one.type,
      limit: one.limit,
      currency: givenCurrency(one)
    })
  )
  if (presentText(method) === null && written.length === 0 && !balance) return []
  return [
    parentElement('finance', [
      textElement('method', presentText(method) ?? UNKNOWN),
      ...(written.length > 0 ? written : [textElement('amount', '')]),
      ...(balance
        ? optionalElement('balance', balance.amount, {
            type: balance.type,
            currency: givenCurrency(balance)
          })
        : [])
    ])
  ]
}
