/** Reading of addresses and numbers from outside the domain, and the countries of their person. */
export interface PointParsing {
  /** The normalised address, or null: the text is none. */
  parseEmail: (text: string) => string | null
  /**
   * The number in E.164, as dialled in `country` (ISO 3166-1) unless it has a prefix, or null: the text
   * is none. `country` is null where the text has a prefix of its own.
   */
  parsePhone: (text: string, country: string | null) => string | null
  /** What is never a customer's where it stands in a text; undefined: not known. */
  ownPoints?: OwnPoints | undefined
}

/**
 * By what the people of a dealer are reached: e-mails in small letters, phones in E.164, and domains as
 * `@dealer.example`. A person who writes of them does not give their own.
 */
export type OwnPoints = ReadonlySet<string>
