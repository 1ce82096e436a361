/** The settings of a dealer by which posted values are read. */
export interface ReadingDealer {
  /** ISO 3166-1 alpha-2. */
  country: string
  /** ISO 4217. */
  currency: string
  /** The language of the dealer. */
  locale: string
  /** IANA name: the zone of times without an offset. */
  timeZone: string
  /** By what its own people are reached; undefined: not known. */
  ownPoints?: ReadonlySet<string> | undefined
}
