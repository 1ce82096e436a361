/** What people of a country are called, and where they are reached. Names are ordered, common ones first. */
export interface Population {
  country: string
  first: readonly string[]
  last: readonly string[]
  /** Rare surnames are made of two syllables and an ending. */
  syllables: readonly string[]
  endings: readonly string[]
  nicknames: ReadonlyMap<string, string>
  providers: readonly string[]
  /** Beginnings of mobile numbers, in the country's own form. */
  mobiles: readonly string[]
  /** How many digits a number has. */
  digits: number
  /** Towns, and the postal codes in them: `#` is any digit. */
  places: readonly { city: string; code: string }[]
}

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}

function pairs(text: string): Map<string, string> {
  return new Map(
    words(text).map((pair): [string, string] => {
      const [one = '', other = ''] = pair.split('=')
      return [one, other]
    })
  )
}

function places(text: string): { city: string; code: string }[] {
  return [...pairs(text)].map(([city, code]) => ({
    city: city.replaceAll('_', ' '),
    code: code.replaceAll('_', ' ')
  }))
}

const POLAND: Population = {
  country: 'PL',
  first: words(
    `Anna Piotr Krzysztof Maria Katarzyna Andrzej Tomasz Małgorzata Jan Agnieszka Paweł Barbara Michał Ewa Marcin
    Magdalena Łukasz Joanna Grzegorz Monika Marek Beata Rafał Dorota Wojciech Natalia Jacek Zofia Ryszard Wanda
    Bożena Remigiusz Ludwika Bonifacy Jagoda Seweryn`
  ),
  last: words(
    `Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Mazur Krawczyk
    Piotrowski Grabowski Pawlak Dudek Wróbel Stępień Górski Rutkowski Bednarek Ostrowicz Gąsiorek Rzepecki Trzcionka
    Żółtowski Wąsowicz Chrzanek Dzierżak Krupiński Brzozowicz Modrzak Szczygielek Bieluń Kopczak Marchwiak`
  ),
  syllables: words('bro chle drza gla gnie kru lub mo opa pie ry sko sta tre war wie za żu'),
  endings: words('czyk ński wicz lak wek ał'),
  nicknames: pairs(
    `Anna=Ania Piotr=Piotrek Krzysztof=Krzysiek Maria=Marysia Katarzyna=Kasia Andrzej=Jędrek Tomasz=Tomek
    Małgorzata=Gosia Agnieszka=Aga Barbara=Basia Magdalena=Magda Joanna=Asia Grzegorz=Grzesiek Rafał=Rafałek`
  ),
  providers: words('gmail.com wp.pl o2.pl onet.pl interia.pl gmail.com'),
  mobiles: words('501 602 693 721 790 883'),
  digits: 9,
  places: places(
    'Warszawa=02-### Kraków=31-### Gdańsk=80-### Wrocław=50-### Łódź=93-### Lublin=20-### Radom=26-###'
  )
}

const SPAIN: Population = {
  country: 'ES',
  first: words(
    `María Antonio José Carmen Manuel Ana Francisco Laura David Isabel Javier Cristina Daniel Marta Carlos Lucía
    Miguel Elena Rafael Sara Pedro Raquel Ángel Rosa Pablo Julia Fernando Silvia Ignacio Montserrat Guillermo
    Encarnación Leopoldo Ainara`
  ),
  last: words(
    `García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno
    Álvarez Muñoz Romero Alonso Navarro Torres Vázquez Serrano Molina Castro Ortega Valdeolmos Iturralde Zubiri
    Casaverde Robleda Peñalosa Montesclaros Fontanar`
  ),
  syllables: words('al bar ca del es fuen gar lla mon nava oli pe qui ro sal tor val za'),
  endings: words('mar reda nares rubia bosque sierra'),
  nicknames: pairs(
    `José=Pepe Francisco=Paco Manuel=Manolo Isabel=Isa Javier=Javi Cristina=Cris Rafael=Rafa Ignacio=Nacho
    Guillermo=Guille Encarnación=Encarna Montserrat=Montse María=Mari Antonio=Toni`
  ),
  providers: words('gmail.com hotmail.com yahoo.es hotmail.es gmail.com telefonica.net'),
  mobiles: words('600 622 645 666 687 711'),
  digits: 9,
  places: places(
    'Madrid=280## Barcelona=080## Valencia=460## Sevilla=410## Zaragoza=500## Málaga=290## Bilbao=480##'
  )
}

const BRITAIN: Population = {
  country: 'GB',
  first: words(
    `John David Mary James Michael Patricia Robert Jennifer William Linda Richard Elizabeth Thomas Susan Peter Sarah
    Andrew Margaret Daniel Karen Christopher Nancy Matthew Rebecca Joshua Kimberly Anthony Deborah Edward Gwendolyn
    Barnaby Philippa`
  ),
  last: words(
    `Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green
    Hall Wood Jackson Clarke Cooper Ward Turner Hughes Ashbourne Wetherby Cholderton Pickersgill Thistlewood
    Ravenshaw Molesworth Hebblethwaite`
  ),
  syllables: words('ash bra cro dun el fair gar hol ing ke lang mar nor os pen rad stan thorn'),
  endings: words('by ton ford well ley worth'),
  nicknames: pairs(
    `David=Dave James=Jim Michael=Mike Patricia=Pat Robert=Bob Jennifer=Jenny William=Bill Elizabeth=Liz Thomas=Tom
    Susan=Sue Peter=Pete Andrew=Andy Margaret=Peggy Daniel=Dan Christopher=Chris Matthew=Matt Rebecca=Becky`
  ),
  providers: words('gmail.com hotmail.co.uk yahoo.co.uk outlook.com btinternet.com gmail.com'),
  mobiles: words('07400 07511 07722 07788 07900'),
  digits: 11,
  places: places(
    'London=SW#_#AA Manchester=M#_#EQ Birmingham=B#_#TT Leeds=LS#_#UR Glasgow=G#_#XQ Bristol=BS#_#TH'
  )
}

export const POPULATIONS: readonly Population[] = [POLAND, SPAIN, BRITAIN]
