import { BLANK_CLIENT, comesIn, fillClient, readClientField, takesName } from './client-fields.ts'
import type { ClientContent } from './client.ts'
import { carried } from './planned-field.ts'

/** How many leads, activities, opportunities or sales, each, one merge takes along. */
export const MAX_MERGED = 2_000

/** The limit of vehicles of interest, the same wherever clients are written. */
const MAX_VEHICLES = 20

/**
 * What is known of a client once another has become one with them: only what is empty is filled, unless
 * `overwrite`; e-mails, phones and vehicles are added. What they agree to is the ledger's matter.
 */
export function mergeContents(
  kept: ClientContent,
  gone: ClientContent,
  overwrite: boolean
): ClientContent {
  const names = takesName(kept.contact, gone.contact, overwrite)
  const fields = fieldsOf(gone).map((to) => {
    const current = readClientField(kept, to)
    const field = { ...carried(to, to, readClientField(gone, to)), current }
    return { ...field, applied: comesIn(field, { names, overwrite }) }
  })
  return { ...fillClient(kept, fields), vehicleInterests: addVehicles(kept, gone) }
}

function fieldsOf({ customFields }: ClientContent): string[] {
  return [
    ...Object.keys(BLANK_CLIENT.contact).map((part) => `client.contact.${part}`),
    'client.description',
    ...Object.keys(customFields).map((key) => `client.customFields.${key}`)
  ]
}

function addVehicles(kept: ClientContent, gone: ClientContent): ClientContent['vehicleInterests'] {
  const known = new Set(kept.vehicleInterests.map((vehicle) => JSON.stringify(vehicle)))
  const others = gone.vehicleInterests.filter((vehicle) => !known.has(JSON.stringify(vehicle)))
  return [...kept.vehicleInterests, ...others].slice(
    0,
    Math.max(MAX_VEHICLES, kept.vehicleInterests.length)
  )
}
