/** Gravity Forms numbers the parts of a field: `input_1.3` is the first name where field 1 is a name. */
const NAME: Partial<Record<string, string>> = {
  '3': 'contact.firstName',
  '4': 'contact.middleName',
  '6': 'contact.lastName',
  '8': 'contact.nameSuffix'
}

const ADDRESS: Partial<Record<string, string>> = {
  '1': 'contact.address.street',
  '2': 'contact.address.street',
  '3': 'contact.address.city',
  '4': 'contact.address.region',
  '5': 'contact.address.postalCode',
  '6': 'contact.address.country'
}

/** The fields of the columns that are parts of Gravity Forms. An address has parts 1 and 5, which no name has. */
export function gravityFields(names: readonly string[]): Map<string, string> {
  const parts = names.flatMap((name) => {
    const [, field, part] = /^input[_ ](\d{1,4})[._](\d)$/i.exec(name.trim()) ?? []
    return field === undefined || part === undefined ? [] : [{ name, field, part }]
  })
  const addresses = new Set(
    parts.filter(({ part }) => part === '1' || part === '5').map(({ field }) => field)
  )
  return new Map(
    parts.flatMap(({ name, field, part }) => {
      const path = (addresses.has(field) ? ADDRESS : NAME)[part]
      return path === undefined ? [] : [[name, path] as const]
    })
  )
}
