import type { DistanceUnit, ExternalReference, Money } from './values.ts'

/** ADF 1.0's five values of `vehicle@interest`. */
export const VEHICLE_INTERESTS = ['buy', 'lease', 'sell', 'trade-in', 'test-drive'] as const
export type VehicleInterest = (typeof VEHICLE_INTERESTS)[number]

/** ADF 1.0's `vehicle@status`; our word is `condition`. */
export const VEHICLE_CONDITIONS = ['new', 'used'] as const
export type VehicleCondition = (typeof VEHICLE_CONDITIONS)[number]

export interface Odometer {
  value: number
  unit: DistanceUnit
  status: 'unknown' | 'rolledover' | 'replaced' | 'original' | null
}

export interface Price extends Money {
  type: 'quote' | 'offer' | 'msrp' | 'invoice' | 'call' | 'appraisal' | 'asking' | null
  delta: 'absolute' | 'relative' | 'percentage' | null
  relativeTo: 'msrp' | 'invoice' | null
  source: string | null
}

export interface ColorCombination {
  interior: string | null
  exterior: string | null
  /** 1 is the favourite. */
  preference: number | null
}

export interface VehicleOption {
  name: string
  manufacturerCode: string | null
  stockNumber: string | null
  /** -100 (must not have) .. 100 (must have). */
  weighting: number | null
  price: Price | null
}

/** ADF 1.0's payments; senders write others as well. */
export const FINANCE_METHODS = ['cash', 'finance', 'lease'] as const

export interface VehicleFinance {
  /** One of these, or any text. */
  method: string | null
  amounts: (Money & {
    type: 'total' | 'downpayment' | 'monthly'
    limit: 'maximum' | 'minimum' | 'exact' | null
  })[]
  /** The amount still owed on a trade-in. */
  balance: (Money & { type: 'finance' | 'residual' }) | null
}

/** ADF 1.0's states of a vehicle; senders write others as well. */
export const VEHICLE_STATES = ['excellent', 'good', 'fair', 'poor', 'unknown'] as const

export interface Vehicle {
  interest: VehicleInterest
  /** Null: the sender does not say. */
  condition: VehicleCondition | null
  references: ExternalReference[]
  year: number | null
  make: string | null
  model: string | null
  trim: string | null
  vin: string | null
  /** The registration, as it is on the car. */
  plate: string | null
  stockNumber: string | null
  doors: string | null
  bodyStyle: string | null
  transmission: string | null
  odometer: Odometer | null
  /** Mechanical and visual state (ADF `condition`): one of these, or any text. */
  state: string | null
  colors: ColorCombination[]
  image: { url: string; width: number | null; height: number | null; altText: string | null } | null
  price: Price | null
  priceComments: string | null
  options: VehicleOption[]
  finance: VehicleFinance | null
  comments: string | null
}
