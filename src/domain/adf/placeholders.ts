/**
 * What stands where ADF requires a value and the lead has none. Receivers expect the word in year,
 * make, model and names. It is among the texts for absent values, so a lead that is written and read
 * again does not gain a car called Unknown.
 */
export const UNKNOWN = 'Unknown'

/**
 * The address of a contact that gave neither e-mail nor phone. ADF demands one of the two;
 * `.invalid` is reserved (RFC 2606), so a reply to it reaches no mailbox.
 */
export const UNKNOWN_EMAIL = 'unknown@email.invalid'
