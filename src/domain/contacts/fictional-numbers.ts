/**
 * Numbers that regulators keep for drama and examples, and give to no subscriber. Data for trying things out has them, so
 * they are read like numbers in use: Ofcom's numbers for TV and radio drama, ComReg's `020 91`, ARCEP's
 * numbering plan (decision 2018-0881).
 */
const FICTIONAL: readonly RegExp[] = [
  /^\+441(?:1[3-8]|21|31|41|51|61)4960\d{3}$/,
  /^\+441914980\d{3}$/,
  /^\+441632960\d{3}$/,
  /^\+442079460\d{3}$/,
  /^\+442896496\d{3}$/,
  /^\+442920180\d{3}$/,
  /^\+443069990\d{3}$/,
  /^\+447700900\d{3}$/,
  /^\+448081570\d{3}$/,
  /^\+449098790\d{3}$/,
  /^\+3532091\d{5}$/,
  /^\+33(?:19900|26191|35301|46571|53649|63998)\d{4}$/
]

/** Whether an E.164 number is one that a regulator keeps for drama and examples. */
export function isFictional(number: string): boolean {
  return FICTIONAL.some((pattern) => pattern.test(number))
}
