import { elementKey } from '../../domain/adf/element-cursor.ts'

/** ADF's elements that contain elements, and the place of each. */
const CONTAINERS: Record<string, readonly string[]> = {
  adf: [],
  prospect: ['adf'],
  vehicle: ['prospect', 'vehicles', 'trade', 'tradein'],
  customer: ['prospect'],
  vendor: ['prospect'],
  provider: ['prospect'],
  trade: ['prospect', 'customer'],
  tradein: ['prospect', 'customer'],
  contact: ['customer', 'vendor', 'provider'],
  address: ['contact'],
  timeframe: ['customer'],
  colorcombination: ['vehicle'],
  colourcombination: ['vehicle'],
  option: ['vehicle'],
  finance: ['vehicle']
}

/** ADF's elements that contain only text, and the names that senders write for them. */
const LEAVES = new Set(
  (
    'id requestdate year make model vin stock stocknumber trim doors bodystyle transmission condition ' +
    'interiorcolor exteriorcolor preference imagetag price pricecomments optionname manufacturercode ' +
    'weighting method amount balance comments comment name firstname lastname fullname email ' +
    'emailaddress phone cellphone mobilephone homephone workphone fax street apartment city regioncode ' +
    'postalcode country description earliestdate latestdate vendorname service url mileage color ' +
    'colour interiorcolour exteriorcolour'
  ).split(' ')
)

/** Whether an element of this name is one of ADF's, or usual in its place. */
export function isKnownElement(name: string): boolean {
  return isLeaf(name) || name.toLowerCase() === 'odometer' || parentsOf(name) !== null
}

/** Whether the element contains only text. Then another known element in it shows that its end tag is missing. */
export function isLeaf(name: string): boolean {
  return LEAVES.has(elementKey(name))
}

/** The keys of the elements that can contain this one; null: unknown. */
export function parentsOf(name: string): readonly string[] | null {
  const key = elementKey(name)
  return Object.hasOwn(CONTAINERS, key) ? (CONTAINERS[key] ?? null) : null
}
