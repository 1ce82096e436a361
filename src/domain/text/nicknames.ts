import { foldUmlauts } from './fold.ts'

/**
 * Whether two first names, as `foldUmlauts` returns them, are forms of one: a nickname of the other,
 * or two nicknames of one name. A nickname of several names (`alex`, `sam`, `ola`) is a form of each; the names are not of
 * each other.
 */
export function areNameForms(a: string, b: string): boolean {
  const ofB = GROUPS_OF_FORM.get(b)
  return ofB !== undefined && (GROUPS_OF_FORM.get(a)?.some((group) => ofB.includes(group)) ?? false)
}

/** Whether a first name, as `foldUmlauts` returns it, is known here. */
export function hasNameForms(name: string): boolean {
  return GROUPS_OF_FORM.has(name)
}

/** The full name that a nickname, as `foldUmlauts` returns it, is most likely a form of; otherwise the word itself. */
export function fullNameOf(form: string): string {
  return FULL_NAMES.get(form) ?? form
}

/** The forms of each name, full names first; a comma ends a name. */
const ENGLISH = `
abigail abby gail, albert al bert bertie, alexander alex alec sandy xander,
alexandra alex alexa sandra lexi sandy, alfred al alf alfie fred, allan alan allen al,
amanda mandy, andrew andy drew, angela angie, anthony antony tony, archibald archie,
arthur art artie, barbara barb barbie babs, benjamin ben benny benji, bernard bernie,
bradley brad, bridget biddy, cameron cam, caroline carolyn carol carrie,
catherine katherine kathryn catharine kate katie kathy cathy kay kitty kit,
charles charlie chuck chas, charlotte charlie lottie, christina christine chris chrissie tina,
christopher chris kit topher, clifford cliff, cynthia cindy, daniel dan danny,
deborah debra deb debbie, dennis denis denny, dominic dom nick, donald don donnie,
dorothy dot dottie dolly, douglas doug, edmund ed eddie ted, edward ed eddie ned ted teddy,
eleanor elinor ellie nell nora, elizabeth elisabeth liz lizzie beth betty bess eliza libby lisa,
emily em emmy, eugene gene, evelyn evie, frances fran francie, francis frank fran, franklin frank,
frederick fred freddie freddy, gabriel gabe, geoffrey jeffrey geoff jeff, george georgie,
gerald gerry jerry, gerard gerry, gregory greg gregg, gwendolyn gwen, harold harry hal,
helen nell nellie, henry harry hank hal, herbert bert herb, isabella isabel isabelle bella izzy,
jacob jake, jacqueline jackie, james jim jimmy jamie jem, janet jan, jennifer jen jenny jenn,
jeremy jerry jez, jessica jess jessie, joanna joanne jo, john johnny jack jon,
jonathan jon jonny johnny nathan, joseph joe joey, josephine jo josie, joshua josh, judith judy,
julian jules, kenneth ken kenny, kimberly kim, lawrence laurence larry laurie,
leonard len lenny leo, leslie les, lillian lily lil, louis lewis lou louie, louise lou,
margaret maggie meg peggy marge margie greta, martha marty mattie, martin marty,
matthew matt matty, maureen mo, megan meg, melissa mel missy,
michael mike mick mickey micky mikey, michelle shelly, mitchell mitch,
mohammed mohammad muhammad mohamed mo, nancy nan, natalie nat, nathaniel nathan nate nat,
nicholas nicolas nick nicky, nicole nicky nikki, oliver ollie, olivia liv livvy, pamela pam,
patricia pat patty patti tricia trish, patrick pat paddy, penelope penny, peter pete,
philip phillip phil pip, rachel rae, raymond ray, rebecca becky becca, reginald reg reggie,
richard rick ricky rich richie dick, robert bob bobby rob robbie robby bert, roderick rod,
ronald ron ronnie, rosemary rose rosie, russell russ, samantha sam sammy, samuel sam sammy,
sandra sandy, sarah sara sally, sean shaun shawn, sidney sydney sid, sophia sophie, stanley stan,
stephanie steph, stephen steven steve stevie, susan suzanne susanna sue susie suzie,
sylvia silvia, terence terrence terry, theodore ted teddy theo, theresa teresa terry tess tessa,
thomas tom tommy, timothy tim timmy, tobias toby, valerie val, veronica ronnie, victor vic,
victoria vicky vicki tori, vincent vince vinny, virginia ginny ginger, walter walt wally,
wendell dell, wilfred wilf, william bill billy will willie willy liam, winifred winnie,
zachary zach zack`

const SPANISH = `
alberto beto, alejandro alex jandro ale, alejandra ale alex jandra, alfonso poncho fonsi,
ana anita, antonia toni tonia, antonio toni tono antonito, beatriz bea betty,
carlos carlitos charly, carmen carmela carmina menchu mamen, catalina cata,
concepcion concha conchi conchita, consuelo chelo, cristina cris tina, cristobal tobal,
daniel dani, david davi, dolores lola loli lolita, eduardo edu lalo, encarnacion encarna encarni,
enrique quique kike, esperanza espe, esther ester, eugenia geni, felipe pipe, fernando nando fer,
francisca paca paqui paquita fran, francisco paco pancho curro fran francis kiko quico,
gabriel gabi, gonzalo gonza chalo, graciela chela, gregorio goyo, guadalupe lupe lupita,
guillermo guille memo willy, gustavo gus tavo, hortensia tencha, ignacio nacho, inmaculada inma,
isabel isa chabela, isidoro isi, jaime jimmy, javier javi xavier xavi, jesus chus chuy suso,
joaquin quino chimo, jorge coque, jose pepe pepito josep chepe, josefa pepa pepita fina josefina,
josemaria chema, juan juanito, lorenzo loren, lourdes lurdes, lucia luci, luis lucho,
luisa lu luisi, manuel manolo manu lolo, manuela manoli manola manu, marcelo chelo,
margarita marga, maria mari marieta ma, mariajose majo mariaje, mariateresa maite marite,
marialuisa marisa, mariaisabel maribel, mariadelmar marimar, mercedes merche meche,
miguel migue micky, milagros mila, montserrat montse, natalia nati, nicolas nico, pablo pablito,
patricia patri paty, pedro perico, pilar pili, rafael rafa fali, ramon moncho monchi,
raquel raque, ricardo richi ricky, roberto beto rober tito, rocio chio, rodrigo rodri,
rosario charo, salvador salva chava, santiago santi yago, sebastian sebas, sergio checo,
silvia silvi, sofia sofi, susana susi, teresa tere, tomas tomi, vicente vicen chente,
victoria vicky`

const POLISH = `
agata agatka, agnieszka aga agusia jagna, aleksander alek olek, aleksandra ola olka olenka sandra,
alicja ala alka, amelia mela, andrzej jedrek jedrzej, anna ania anka andzia hania,
antoni antek antos tosiek, antonina tosia, artur arturek, barbara basia baska,
bartlomiej bartek bartosz, bartosz bartek, beata beatka, bogdan bodzio, boguslaw bogus,
boleslaw bolek, bozena bozenka, cezary czarek, czeslaw czesiek, damian damianek,
danuta danka danusia, daniel danek, dariusz darek, dawid dawidek, dorota dorotka dorcia,
edward edek, elzbieta ela elka elunia, emilia emilka mila, eugeniusz gienek, ewa ewka ewunia,
ewelina ewelinka, feliks felek, filip filipek, franciszek franek, gabriela gabrysia gaba,
grazyna grazynka, grzegorz grzesiek grzes grzechu, halina halinka hala, hanna hania hanka,
helena hela helenka, henryk heniek, iga igusia, ignacy ignas, ireneusz irek, irena irenka irka,
iwona iwonka, izabela iza izabella, jacek jacus, jadwiga jadzia, jakub kuba kubus,
jan janek jas jasiek, janina janka jasia, janusz januszek, jaroslaw jarek, jerzy jurek,
joanna asia aska joasia, jolanta jola, jozef jozek juzek, julia julka, justyna justynka,
kamil kamilek, karolina karola karolinka, katarzyna kasia kaska kaja, kazimierz kazik kazek,
kinga kinia, konrad konradek, krystyna krysia, krystian krystek, krzysztof krzysiek krzys krzychu,
leszek lech, lukasz lukaszek luki, magdalena magda madzia, malgorzata gosia malgosia gocha,
marcin marcinek, marek mareczek, maria marysia maryska mania marylka, mariusz mario,
marta martusia, mateusz mati, michal michas misiek, mieczyslaw mietek mieciu,
mikolaj miki mikolajek, miroslaw mirek, miroslawa mirka, monika monia, natalia natalka,
oliwia oliwka, patrycja patka, pawel pawelek, piotr piotrek piotrus, przemyslaw przemek,
radoslaw radek, rafal rafalek, remigiusz remek, robert robercik, roman romek,
ryszard rysiek rychu, slawomir slawek, stanislaw stasiek stas staszek, stefan stefek,
stefania stefa, sylwester sylwek, sylwia sylwka, szymon szymek, tadeusz tadek,
teresa tereska renia, tomasz tomek, urszula ula, waclaw wacek, waldemar waldek,
weronika wera weronka, wieslaw wiesiek wieslawek, wiktoria wika, wiktor wiktorek, witold witek,
wladyslaw wladek, wlodzimierz wlodek, wojciech wojtek, zbigniew zbyszek, zdzislaw zdzisiek,
zofia zosia zoska, zuzanna zuza zuzia, zygmunt zygmus`

const GERMAN = `
alexander alex sascha xander, andreas andi andy, angelika geli, anna anni, anneliese lisl anne,
annegret anne, barbara babs barbel, benedikt beni, benjamin ben benni, bernhard bernd,
bernd bernhard, birgit gitte biggi, brigitte gitte gitti biggi, charlotte lotte, christian chris,
christiane chris, christoph christof chris stoffel, daniel dani, dietrich dieter,
dorothea doro thea dorle, eberhard ebbo, elisabeth elsbeth lisbeth sissi lisa liesl else elli,
ernst erni, eva evi, ferdinand ferdi, franz franzl, franziska franzi, friedrich fritz fred,
gabriele gabi gaby, georg schorsch, gerhard gerd gert, gertrud trudi traudl, gunther gunter,
hannelore hanne lore, hans johannes hannes johann hansi, heinrich heinz heiner heini, helga helgi,
helmut helmi, hermann manni, ingeborg inge, jakob jockel, jens jenne, joachim jochen achim,
johannes hannes johann jo, josef joseph sepp jupp, josefa josefine sefa, karl carl kalle charly,
karlheinz kalle, katharina kathi katrin kathrin kati kaethe katja, klaus claus nikolaus niko,
konrad kurt conny, ludwig lutz wiggerl, magdalena lena leni, manfred manni fred,
margarete gretel grete greta gretchen margret, maria mia mizzi, marianne mari, martin martl,
mathias matthias matze hias, matthaus mattes, maximilian max maxi, michael michi michel,
monika moni, nikolaus klaus niko nick, patrick pat, peter petz, philipp philip flip,
rainer reiner, raimund rai, roland rolli, rudolf rudi rolf, sabine bine, sebastian basti wastl,
siegfried sigi siggi, stefan stephan steff, stefanie steffi, susanne susi sanne, theodor theo,
theresa resi, thomas tom thommy, tobias tobi, ulrich uli ulli, ulrike uli ulli rike,
ursula uschi ulla, valentin vale, veronika vroni, viktoria vicky, walter waldi, werner wernher,
wilhelm willi willy helmi, wolfgang wolf wolfi`

const GROUPS = [ENGLISH, SPANISH, POLISH, GERMAN]
  .flatMap((names) => names.trim().split(/,\s/))
  .map(foldUmlauts)

const GROUPS_OF_FORM = groupsOfForm()

const FULL_NAMES = fullNames()

function fullNames(): Map<string, string> {
  const found = new Map<string, string>()
  const heads = new Set(GROUPS.map((forms) => forms.split(' ')[0]))
  for (const forms of GROUPS) {
    const [head = '', ...others] = forms.split(' ')
    for (const form of others) if (!heads.has(form) && !found.has(form)) found.set(form, head)
  }
  return found
}

function groupsOfForm(): Map<string, number[]> {
  const found = new Map<string, number[]>()
  for (const [group, forms] of GROUPS.entries()) {
    for (const form of forms.split(' ')) {
      found.set(form, [...(found.get(form) ?? []), group])
    }
  }
  return found
}
