import { fold } from '../text/fold.ts'

/** The words of such names that are an e-mail or a phone, and those around them, in more languages than `qualified-names.ts` has. */
export const MORE_POINT_WORDS = {
  email: words('courriel courriels posta mailadres mailová eposta почта пошта емейл имейл імейл'),
  phone: words(
    'téléphonique telefoon telefoonnummer telefonszám telefonní telefónne recapito telefono ' +
      'telefonnummer telefonul телефон телефона телефону'
  ),
  mobile: words(
    'cellulare portable mobiel mobiele mobilní mobilné mobilszám gsm мобильный мобільний мобильного'
  ),
  work: words(
    'professionnel professionnelle bureau lavoro ufficio munkahelyi zakelijk werk рабочий робочий'
  ),
  other: words('fixe fisso pevná pevný vaste vezetékes второй другой інший autre altro altra'),
  plain: words(
    'électronique elettronica elettronico elektronikus elektronická elektronische electronică электронная ' +
      'электронной електронна електронної číslo numéro număr numarul numarası номер votre vos il tuo vaše váš ' +
      'uw jouw ваш вашият ваша adresă adresa indirizzo cím címe d di контактный контактний cep telefonico telefonica'
  )
}

function words(text: string): string[] {
  return text.split(' ').map(fold)
}
