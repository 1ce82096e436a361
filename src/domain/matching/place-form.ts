import { fold } from '../text/fold.ts'
import type { PostalAddress } from '../leads/lead.ts'

/** Where a person lives, in the form it is compared in. Absent: not given. */
export interface PlaceForm {
  /** Letters and digits alone. */
  postal?: string
  /** The part of the code that names the region or the town. */
  area?: string
  /** Folded, without blanks; towns by their own names. */
  city?: string
}

export function placeForm(address: PostalAddress | null): PlaceForm {
  if (address === null) return {}
  const postal = (address.postalCode ?? '').toLowerCase().replace(/[^a-z\d]/g, '')
  const city = cityName(address.city ?? '')
  return {
    ...(postal.length > 2 && !/^(.)\1+$/.test(postal) ? { postal, area: areaOf(postal) } : {}),
    ...(city.length > 1 ? { city } : {})
  }
}

/** Codes of digits name the region by their first two; British ones by the letters before the first digit. */
function areaOf(postal: string): string {
  return /^\d/.test(postal) ? postal.slice(0, 2) : (/^[a-z]+/.exec(postal)?.[0] ?? postal)
}

function cityName(text: string): string {
  if (text === '') return ''
  const folded = fold(text).replaceAll(' ', '')
  return ALIASES.get(folded) ?? folded
}

/** Names of towns in other languages, and short ones. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  (
    'cracow=krakow wawa=warszawa warsaw=warszawa wwa=warszawa varsovia=warszawa breslau=wroclaw danzig=gdansk ' +
    'posen=poznan stettin=szczecin seville=sevilla saragossa=zaragoza barna=barcelona bcn=barcelona ' +
    'palmademallorca=palma valencia=valencia bilbo=bilbao alacant=alicante xixon=gijon lacoruna=acoruna ' +
    'coruna=acoruna corunna=acoruna donostia=sansebastian vitoriagasteiz=vitoria gasteiz=vitoria irunea=pamplona ' +
    'lleida=lerida gerona=girona ourense=orense elx=elche castellodelaplana=castellon eivissa=ibiza brum=birmingham ' +
    'bham=birmingham caerdydd=cardiff abertawe=swansea newcastle=newcastleupontyne newcastleontyne=newcastleupontyne ' +
    'mcr=manchester manc=manchester hull=kingstonuponhull mk=miltonkeynes ldn=london notts=nottingham'
  )
    .split(' ')
    .map((pair): [string, string] => {
      const [alias = '', name = ''] = pair.split('=')
      return [alias, name]
    })
)

/**
 * Whether a town lies in the area of a postal code; null where the town isn't known. Towns of another country
 * can have the same code: the caller compares people of one country.
 */
export function isCityInArea(city: string, area: string): boolean | null {
  return AREAS.get(city)?.includes(area) ?? null
}

/** The areas of postal codes in large towns. */
const AREAS: ReadonlyMap<string, readonly string[]> = new Map(
  (
    'warszawa=00,01,02,03,04 piaseczno=05 legionowo=05 pruszkow=05 olsztyn=10 bialystok=15 lublin=20 kielce=25 radom=26 ' +
    'krakow=30,31 tarnow=33 rzeszow=35 katowice=40 sosnowiec=41 czestochowa=42 bielskobiala=43 tychy=43 gliwice=44 ' +
    'zabrze=41 bytom=41 opole=45 wroclaw=50,51,52,53,54 poznan=60,61 zielonagora=65 szczecin=70,71 koszalin=75 ' +
    'gdansk=80 gdynia=81 sopot=81 elblag=82 bydgoszcz=85 torun=87 wloclawek=87 lodz=90,91,92,93,94 plock=09 ' +
    'vitoria=01 albacete=02 alicante=03 elche=03 almeria=04 avila=05 badajoz=06 palma=07 barcelona=08 burgos=09 ' +
    'caceres=10 cadiz=11 jerez=11 castellon=12 ciudadreal=13 cordoba=14 acoruna=15 santiagodecompostela=15 cuenca=16 ' +
    'girona=17 granada=18 guadalajara=19 sansebastian=20 huelva=21 huesca=22 jaen=23 leon=24 lerida=25 logrono=26 lugo=27 ' +
    'madrid=28 getafe=28 mostoles=28 leganes=28 malaga=29 murcia=30 cartagena=30 pamplona=31 orense=32 gijon=33 oviedo=33 ' +
    'palencia=34 laspalmas=35 vigo=36 pontevedra=36 salamanca=37 santander=39 segovia=40 sevilla=41 soria=42 tarragona=43 ' +
    'teruel=44 toledo=45 valencia=46 valladolid=47 bilbao=48 zamora=49 zaragoza=50 ' +
    'london=e,ec,n,nw,se,sw,w,wc manchester=m birmingham=b leeds=ls glasgow=g liverpool=l edinburgh=eh bristol=bs ' +
    'sheffield=s leicester=le cardiff=cf nottingham=ng oxford=ox miltonkeynes=mk brighton=bn newcastleupontyne=ne ' +
    'reading=rg cambridge=cb southampton=so portsmouth=po plymouth=pl norwich=nr derby=de york=yo bath=ba swansea=sa ' +
    'coventry=cv hull=hu kingstonuponhull=hu exeter=ex aberdeen=ab dundee=dd belfast=bt stokeontrent=st wolverhampton=wv ' +
    'bradford=bd preston=pr ipswich=ip luton=lu northampton=nn peterborough=pe'
  )
    .split(' ')
    .map((pair): [string, readonly string[]] => {
      const [city = '', areas = ''] = pair.split('=')
      return [city, areas.split(',')]
    })
)
