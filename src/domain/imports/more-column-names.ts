import { fold } from '../text/fold.ts'

/**
 * What columns and fields are called in Turkish, and more names of the languages of `foreign-names.ts`, by the paths
 * of `column-names.ts`.
 */
export const MORE_COLUMN_NAMES: Partial<Record<string, readonly string[]>> = {
  'contact.firstName': split('prénoms'),
  'contact.middleName': split('deuxième prénom|secondo nome'),
  'contact.lastName': split('soyad|soyadı|soyisim'),
  'contact.fullName': split(
    'naam en voornaam|ad soyad|adı soyadı|adınız soyadınız|isim|isim soyisim'
  ),
  'contact.companyName': split('firma název|denumire firmă|şirket|firma adı'),
  'contact.address.street': split('adresse|adres|sokak'),
  'contact.address.city': split('şehir'),
  'contact.address.postalCode': split('posta kodu'),
  'contact.address.country': split('ülke'),
  message: split(
    'votre message|demande|il tuo messaggio|domanda|vaše zpráva|kérdés|uw bericht|vraag|mesajul|mesajınız|întrebare|' +
      'açıklama'
  ),
  'vehicle.make': split('marque du véhicule|marca auto|márka|gyártmány'),
  'vehicle.model': split(
    'modèle du véhicule|voiture|modello auto|vůz|modell|jármű|modelul|mașină|araç|model adı|модель авто'
  ),
  'vehicle.year': split('anno di immatricolazione|jaar|model yılı'),
  'vehicle.plate': split(
    "numéro d'immatriculation|numero di targa|evč|kentekennummer|plaka|araç plakası"
  ),
  'vehicle.odometer': split('stav tachometru|futásteljesítmény|kilometre'),
  'vehicle.price': split('fiyat')
}

/** The words of such names that are an e-mail or a phone, and those around them, as `qualified-names.ts` has them. */
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

function split(names: string): string[] {
  return names.split('|').map(fold)
}

function words(text: string): string[] {
  return text.split(' ').map(fold)
}
