import type { Price, Vehicle, VehicleFinance, VehicleOption } from '../../domain/leads/vehicle.ts'
import { referenceRows } from './contact-rows.ts'
import type { Row, Writing } from './rows.ts'
import { join, row, wordFor } from './rows.ts'

export function vehicleRows(writing: Writing, vehicle: Vehicle): Row[] {
  const { wording, formats } = writing
  const labels = wording.vehicle
  const { odometer, image, price, finance } = vehicle
  return [
    ...row(labels.interest, wording.interests[vehicle.interest]),
    ...row(labels.condition, vehicle.condition && wording.conditions[vehicle.condition]),
    // A year is a name, not a quantity: no thousands separator.
    ...row(labels.year, vehicle.year?.toString()),
    ...row(labels.make, vehicle.make),
    ...row(labels.model, vehicle.model),
    ...row(labels.trim, vehicle.trim),
    ...row(labels.vin, vehicle.vin),
    ...row(labels.plate, vehicle.plate),
    ...row(labels.stockNumber, vehicle.stockNumber),
    ...row(
      labels.odometer,
      odometer &&
        join([
          formats.odometer(odometer),
          odometer.status && wording.odometerStates[odometer.status]
        ])
    ),
    ...row(labels.state, vehicle.state && wordFor(wording.vehicleStates, vehicle.state)),
    ...row(labels.bodyStyle, vehicle.bodyStyle),
    ...row(labels.doors, vehicle.doors),
    ...row(labels.transmission, vehicle.transmission),
    ...vehicle.colors.flatMap(({ exterior, interior, preference }) =>
      row(
        labels.color,
        join([
          exterior && `${wording.color.exterior}: ${exterior}`,
          interior && `${wording.color.interior}: ${interior}`,
          preference === null ? null : `${wording.color.preference}: ${preference}`
        ])
      )
    ),
    ...row(labels.price, price && describePrice(writing, price)),
    ...row(labels.priceComments, vehicle.priceComments),
    ...vehicle.options.flatMap((option) => row(labels.option, describeOption(writing, option))),
    ...(finance ? financeRows(writing, finance) : []),
    ...row(labels.image, image && describeImage(image)),
    ...row(labels.comments, vehicle.comments),
    ...referenceRows(labels.reference, vehicle.references)
  ]
}

function describePrice({ wording, formats }: Writing, price: Price): string {
  const amount =
    price.delta === 'percentage' ? `${price.amount} % (${price.currency})` : formats.money(price)
  return join([
    amount,
    price.type && wording.priceTypes[price.type],
    price.delta && wording.priceDeltas[price.delta],
    price.relativeTo && wording.priceBases[price.relativeTo],
    price.source
  ])
}

function describeOption(writing: Writing, option: VehicleOption): string {
  const labels = writing.wording.option
  const { name, manufacturerCode, stockNumber, weighting, price } = option
  return join([
    name,
    manufacturerCode && `${labels.manufacturerCode}: ${manufacturerCode}`,
    stockNumber && `${labels.stockNumber}: ${stockNumber}`,
    weighting === null ? null : `${labels.weighting}: ${weighting}`,
    price && describePrice(writing, price)
  ])
}

function financeRows({ wording, formats }: Writing, finance: VehicleFinance): Row[] {
  const labels = wording.finance
  const { method, amounts, balance } = finance
  return [
    ...row(labels.method, method && wordFor(wording.financeMethods, method)),
    ...amounts.flatMap((amount) =>
      row(
        labels[amount.type],
        join([amount.limit && wording.financeLimits[amount.limit], formats.money(amount)], ' ')
      )
    ),
    ...row(
      labels.balance,
      balance && join([formats.money(balance), wording.balanceTypes[balance.type]])
    )
  ]
}

function describeImage({ url, width, height, altText }: NonNullable<Vehicle['image']>): string {
  const size = width === null && height === null ? null : `${width ?? '?'} × ${height ?? '?'}`
  return join([altText, url, size])
}
