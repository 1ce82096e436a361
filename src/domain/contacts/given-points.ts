import type { ContactTime, PhoneType } from '../leads/lead.ts'

/** The text of one field for an e-mail address or phone, and the place of the field. */
export interface GivenPoint {
  text: string | null | undefined
  path: string
}

export interface GivenPhone extends GivenPoint {
  /** Null: the sender names none, and a label in the text may. */
  type?: PhoneType | null | undefined
  time?: ContactTime | null | undefined
  /** Whether the person wants to be reached by it first. */
  isPreferred?: boolean
}
