import { CONTACT_COLUMNS } from './contact-columns.ts'
import { REQUEST_COLUMNS } from './request-columns.ts'

/**
 * What columns are called, in English, Spanish, Polish, German and twelve more languages, in ADF, and in the
 * exports of Outlook, Google Contacts, Apple, HubSpot, Salesforce, Pipedrive, Odoo, mobile.de, and the lead forms of
 * Facebook, Google Ads and LinkedIn. Names are compared without case, accents, punctuation and blanks. The last
 * part of a path in this table is a name too; paths as a whole need not be here. E-mails, phones and
 * addresses with words around them are in `qualified-names.ts`.
 */
export const COLUMN_NAMES: Partial<Record<string, readonly string[]>> = {
  ...CONTACT_COLUMNS,
  ...REQUEST_COLUMNS
}
