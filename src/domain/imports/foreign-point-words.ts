import { fold } from '../text/fold.ts'

/** The words of such names that are an e-mail or a phone, and those around them, in more languages than `qualified-names.ts` has. */
export const MORE_POINT_WORDS = {
  email: words(
    'courriel courriels posta mailadres mailová eposta почта пошта емейл имейл імейл epost epostadress epostadresse sähköposti sähköpostiosoite 邮箱 メールアドレス البريد'
  ),
  phone: words(
    'téléphonique telefoon telefoonnummer telefonszám telefonní telefónne recapito telefono ' +
      'telefonnummer telefonul puhelin puhelinnumero telefona τηλέφωνο 电话 電話 電話番号 الهاتف телефон телефона телефону'
  ),
  mobile: words(
    'matkapuhelin κινητό mobitel 手机 cellulare portable mobiel mobiele mobilní mobilné mobilszám gsm мобильный мобільний мобильного'
  ),
  work: words(
    'professionnel professionnelle bureau lavoro ufficio munkahelyi zakelijk werk рабочий робочий'
  ),
  other: words('stac fixe fisso pevná pevný vaste vezetékes второй другой інший autre altro altra'),
  plain: words(
    'électronique elettronica elettronico elektronikus elektronická elektronische electronică электронная ' +
      'электронной електронна електронної číslo numéro număr numarul numarası номер votre vos il tuo vaše váš ' +
      'uw jouw ваш вашият ваша adresă adresa indirizzo cím címe d di контактный контактний broj ditt din telefonski cep telefonico telefonica'
  )
}

function words(text: string): string[] {
  return text.split(' ').map(fold)
}
