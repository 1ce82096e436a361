import { hasNameForms } from '../text/nicknames.ts'

/**
 * How common a name is among people of Spain, Britain and Poland: 2 for the most common ones, 1 for those that
 * most people have met, 0 for others. A shared Nowak says less than a shared Brzęczyszczykiewicz.
 */
export type NameFrequency = 0 | 1 | 2

export function firstNameFrequency(folded: string): NameFrequency {
  return FIRST.get(folded) ?? 0
}

/** Whether the word is a first name, or a usual form of one. */
export function isKnownFirstName(folded: string): boolean {
  return isFullFirstName(folded) || hasNameForms(folded)
}

/** Whether the word is a first name as documents have it, not a pet name. */
export function isFullFirstName(folded: string): boolean {
  return FIRST.has(folded) || RARE_FIRST.has(folded)
}

export function lastNameFrequency(folded: string): NameFrequency {
  const known = LAST.get(folded)
  if (known !== undefined) return known
  return folded.endsWith('ka') ? (LAST.get(`${folded.slice(0, -1)}i`) ?? 0) : 0
}

function frequencies(most: string, known: string): ReadonlyMap<string, NameFrequency> {
  const words = (text: string) => text.trim().split(/\s+/)
  return new Map([
    ...words(known).map((word): [string, NameFrequency] => [word, 1]),
    ...words(most).map((word): [string, NameFrequency] => [word, 2])
  ])
}

const FIRST = frequencies(
  `
piotr krzysztof andrzej tomasz jan pawel michal marcin jakub adam marek lukasz grzegorz mateusz wojciech
anna maria katarzyna malgorzata agnieszka barbara ewa magdalena joanna krystyna
antonio manuel jose francisco david juan javier daniel carlos jesus
carmen ana laura isabel dolores pilar teresa cristina marta
john david james michael robert paul william thomas richard peter
mary patricia jennifer linda elizabeth susan margaret sarah karen barbara`,
  `
mariusz dariusz zbigniew jerzy maciej rafal robert kamil jacek ryszard kacper szymon henryk artur sebastian
damian dawid przemyslaw patryk daniel filip roman kazimierz antoni aleksander adrian bartosz slawomir leszek
tadeusz jaroslaw miroslaw waldemar franciszek wiktor konrad hubert norbert arkadiusz bogdan janusz dominik
stanislaw jozef edward bartlomiej radoslaw mikolaj zdzislaw wieslaw karol lucjan
zofia monika teresa danuta natalia jadwiga elzbieta aleksandra dorota janina jolanta iwona karolina halina
irena beata justyna julia renata hanna urszula wiktoria sylwia alicja helena zuzanna paulina aneta patrycja
grazyna kinga martyna oliwia weronika izabela maja lena emilia stanislawa lucyna bozena marta gabriela klaudia
miguel rafael angel pedro pablo alejandro fernando luis sergio jorge alberto alvaro diego adrian raul enrique
ramon vicente ivan ruben oscar andres joaquin santiago eduardo victor roberto jaime mario ignacio salvador
alfonso ricardo julio marcos guillermo julian tomas agustin hugo mateo lucas martin gonzalo
josefa rosa antonia lucia francisca paula elena sara raquel manuela concepcion mercedes eva beatriz rosario
juana silvia julia irene patricia encarnacion montserrat andrea rocio monica alba margarita angela sonia
sandra amparo susana marina yolanda natalia nuria inmaculada claudia esther victoria gloria
mark andrew stephen steven christopher anthony matthew kevin brian george edward ian alan simon gary kenneth
joseph charles daniel martin jack harry oliver thomas samuel benjamin joshua luke ryan adam stuart philip
nicholas jonathan alexander lewis liam jason keith ronald donald raymond timothy graham colin neil scott eric
emily emma jessica olivia sophie charlotte lucy hannah rebecca rachel claire nicola julie christine jacqueline
helen alison catherine katherine samantha amy laura victoria joanne dorothy jean janet carol sandra deborah
angela sharon lisa nancy betty ashley kimberly michelle amanda donna ruth anne jane heather gemma louise`
)

const RARE_FIRST: ReadonlySet<string> = new Set(
  (
    'mariola marzena marianna mariana marisol marita marlena marcela marcelina marceli marcel martina martyn marian milena ' +
    'miriam miroslawa bronislaw bronislawa boguslaw boguslawa bogumil bogumila bozydar dobroslaw genowefa gertruda henryka ' +
    'honorata ilona jagoda kornelia kornel kajetan kalina karina konstanty kosma kuba larysa leokadia leon leonard liliana ' +
    'luiza lidia ludwik ludwika maksymilian melania mieczyslaw nikodem oliwier oskar olaf olga pelagia roksana rozalia ' +
    'romuald ryszarda sabina seweryn stefania sonia tamara teodor tymon tymoteusz wanda wincenty wladyslawa zenon ' +
    'zenobia zaneta zuzana celina cecylia cezary czeslawa daria dagmara diana dionizy eliza emil ernest eryk ' +
    'eugenia felicja fabian florian gracjan gustaw igor ignacy iga inga irmina izydor jan janina jozefa judyta julian ' +
    'aitana aitor ainhoa ainara amaia arturo agustina adela adriana adoracion alicia amalia ander anton araceli ariadna ' +
    'asuncion aurora berta blanca borja bruno candela carla carlota carolina catalina celia cesar clara consuelo damian ' +
    'daniela delia domingo emilio emilia emma erika ernesto eric estela fabiola felix fatima fermin gema gerardo ' +
    'german guadalupe gabriela hector helena ines irina iker izan jimena joan joel jonathan jordi josep julen laia lara ' +
    'leire leo lorena lorenzo luna manel marc maite mariano marisa mireia miren nerea noa noelia nuno olga oriol paola ' +
    'paloma pau piedad pol ramiro regina remedios rodrigo roberta rosalia samuel saul sebastian valentina vera ximena ' +
    'abigail aaron agnes alice alexandra anita annabel anne annie archie arthur audrey beatrice bella bethany beverley ' +
    'bradley brenda bryan caitlin callum cameron carl caroline chloe christian clare clive connor craig cynthia daisy ' +
    'dale darren dawn dean debra denise dennis derek diana dominic dylan edith edwin eileen elaine eleanor elsie erin ' +
    'ethan evelyn evie faye finley florence frances francesca frank fred gareth gail gavin geoffrey georgia gerald gillian ' +
    'grace gordon hazel heidi henry holly howard hugh imogen irene isla isaac jade janice jasmine jay jeffrey jeremy joan ' +
    'jodie joyce judith june katie kate kathleen kelly kerry kirsty kyle lauren lawrence leah lee leonard leslie lily ' +
    'lorraine louis lynn maisie marcus marion marilyn maureen max megan melissa mia mildred millie mohammed muhammad molly ' +
    'naomi nathan norman oscar owen patrick pauline phoebe poppy ralph raymond reginald rhys robin rodney roger rosie roy ' +
    'russell sally sean shane sheila shirley stacey stanley stella stuart tara terence theo tina toby tracy trevor tyler ' +
    'vanessa vera vincent virginia walter wayne wendy yvonne zara zoe'
  ).split(' ')
)

const LAST = frequencies(
  `
nowak kowalski wisniewski wojcik kowalczyk kaminski lewandowski zielinski szymanski wozniak dabrowski
kozlowski jankowski mazur wojciechowski kwiatkowski krawczyk kaczmarek piotrowski grabowski
garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez martin jimenez hernandez ruiz diaz
moreno munoz alvarez romero
smith jones taylor brown williams wilson johnson davies patel robinson wright thompson evans walker white
roberts green hall wood jackson clarke`,
  `
zajac pawlowski michalski krol wieczorek jablonski wrobel nowakowski majewski olszewski stepien malinowski
jaworski adamczyk dudek nowicki pawlak gorski witkowski walczak sikora baran rutkowski michalak szewczyk
ostrowski tomaszewski pietrzak zalewski wroblewski marciniak jasinski zawadzki bak jakubowski sadowski duda
chmielewski wlodarczyk borkowski czarnecki sawicki sokolowski urbanski kubiak maciejewski szczepanski
kucharski wilk kalinowski lis mazurek wysocki adamski kazmierczak wasilewski sobczak czerwinski andrzejewski
cieslak glowacki zakrzewski kolodziej sikorski krajewski gajewski szymczak szulc baranowski laskowski
brzezinski makowski ziolkowski przybylski domanski borowski blaszczyk chojnacki ciesielski mroz szczepaniak
wesolowski gorecki krupa kaczmarczyk leszczynski lipinski kowalewski urban kasprzak mikolajczyk socha
alonso gutierrez navarro torres dominguez vazquez ramos gil ramirez serrano blanco molina morales suarez
ortega delgado castro ortiz rubio marin sanz nunez iglesias medina garrido cortes castillo santos lozano
guerrero cano prieto mendez cruz calvo gallego vidal leon herrera marquez pena flores cabrera campos vega
fuentes carrasco diez reyes caballero nieto aguilar pascual santana herrero montero lorenzo hidalgo gimenez
ibanez ferrer duran santiago benitez mora vicente vargas arias carmona crespo roman pastor soto saez velasco
lewis turner harris hill cooper edwards martin moore ward clark morris king watson baker harrison morgan
patterson young allen mitchell james phillips lee campbell bell kelly parker davis bennett miller cook shaw
cox richardson carter collins marshall bailey gray murphy adams wilkinson graham ellis khan ali hughes mason
murray webb rogers simpson mills stevens palmer hunt holmes harvey lloyd knight butler barnes pearson fisher
scott anderson stewart robertson thomson reid ross macdonald fletcher payne dixon singh hussain begum ahmed
chapman matthews foster howard owen reynolds ryan dean george fox walsh fraser grant hamilton`
)
