import type { Locale } from '../domain/dealers/dealer.ts'
import type { FieldAgreement } from '../domain/matching/field-agreements.ts'
import type { MatchReason } from '../domain/matching/match-reason.ts'

/** A sentence for each agreement of a field; `nickname` and `initial` are said of names only. */
type AgreementWording = Readonly<
  Record<'same' | 'similar' | 'different', string> &
    Partial<Record<Exclude<FieldAgreement, 'same' | 'similar' | 'different'>, string>>
>

const WORDINGS: Readonly<Record<Locale, Readonly<Record<MatchReason['field'], AgreementWording>>>> =
  {
    en: {
      'contact.email': {
        same: 'The e-mail address is the same.',
        similar: 'The e-mail addresses are similar.',
        different: 'The e-mail addresses are different.'
      },
      'contact.phone': {
        same: 'The phone number is the same.',
        similar: 'The phone numbers are almost the same.',
        different: 'The phone numbers are different.'
      },
      'contact.firstName': {
        same: 'The first name is the same.',
        similar: 'The spelling of the first names is similar.',
        nickname: 'One first name is a short form of the other.',
        initial: 'One first name is the initial of the other.',
        different: 'The first names are different.'
      },
      'contact.lastName': {
        same: 'The last name is the same.',
        similar: 'The last names are similar, or one is a part of the other.',
        initial: 'One last name is the initial of the other.',
        different: 'The last names are different.'
      },
      'contact.address': {
        same: 'The postal code or the town is the same.',
        similar: 'The postal codes or towns are similar, or of one region.',
        different: 'The postal codes or towns are different.'
      },
      'contact.companyName': {
        same: 'The company is the same.',
        similar: 'The names of the companies are similar.',
        different: 'The companies are different.'
      }
    },
    es: {
      'contact.email': {
        same: 'El correo electrónico es el mismo.',
        similar: 'Los correos electrónicos se parecen.',
        different: 'Los correos electrónicos son diferentes.'
      },
      'contact.phone': {
        same: 'El número de teléfono es el mismo.',
        similar: 'Los números de teléfono son casi iguales.',
        different: 'Los números de teléfono son diferentes.'
      },
      'contact.firstName': {
        same: 'El nombre es el mismo.',
        similar: 'Los nombres se escriben de forma parecida.',
        nickname: 'Un nombre es una forma familiar del otro.',
        initial: 'Un nombre es la inicial del otro.',
        different: 'Los nombres son diferentes.'
      },
      'contact.lastName': {
        same: 'Los apellidos son los mismos.',
        similar: 'Los apellidos se parecen, o uno es parte del otro.',
        initial: 'Un apellido es la inicial del otro.',
        different: 'Los apellidos son diferentes.'
      },
      'contact.address': {
        same: 'El código postal o la localidad es la misma.',
        similar: 'Los códigos postales o las localidades se parecen, o son de una misma zona.',
        different: 'Los códigos postales o las localidades son diferentes.'
      },
      'contact.companyName': {
        same: 'La empresa es la misma.',
        similar: 'Los nombres de las empresas se parecen.',
        different: 'Las empresas son diferentes.'
      }
    },
    pl: {
      'contact.email': {
        same: 'Adres e-mail jest ten sam.',
        similar: 'Adresy e-mail są podobne.',
        different: 'Adresy e-mail są różne.'
      },
      'contact.phone': {
        same: 'Numer telefonu jest ten sam.',
        similar: 'Numery telefonu są prawie takie same.',
        different: 'Numery telefonu są różne.'
      },
      'contact.firstName': {
        same: 'Imię jest takie samo.',
        similar: 'Pisownia imion jest podobna.',
        nickname: 'Jedno imię jest zdrobnieniem drugiego.',
        initial: 'Jedno imię jest inicjałem drugiego.',
        different: 'Imiona są różne.'
      },
      'contact.lastName': {
        same: 'Nazwisko jest takie samo.',
        similar: 'Nazwiska są podobne albo jedno jest częścią drugiego.',
        initial: 'Jedno nazwisko jest inicjałem drugiego.',
        different: 'Nazwiska są różne.'
      },
      'contact.address': {
        same: 'Kod pocztowy lub miejscowość jest taka sama.',
        similar: 'Kody pocztowe lub miejscowości są podobne albo z jednej okolicy.',
        different: 'Kody pocztowe lub miejscowości są różne.'
      },
      'contact.companyName': {
        same: 'Firma jest ta sama.',
        similar: 'Nazwy firm są podobne.',
        different: 'Firmy są różne.'
      }
    }
  }

/** How one field of two records compares, as a sentence for people. */
export function matchSentence(
  { field, agreement }: Pick<MatchReason, 'field' | 'agreement'>,
  locale: Locale
): string {
  const wording = WORDINGS[locale][field]
  return wording[agreement] ?? wording.similar
}
