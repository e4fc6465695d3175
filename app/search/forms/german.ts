import { listOf, wordsOf } from './lists.ts';

/**
 * German verbs that are seen in photos, in the forms that captions have, and nouns and adjectives that `stem-german.ts` does
 * not know. All folded: `läuft` is `lauft`.
 */

/** Infinitive, past, participle, and where it changes the stem of the present: `spricht`. */
const strong = `beissen biss gebissen|biegen bog gebogen|binden band gebunden|blasen blies geblasen|bleiben blieb geblieben|
braten briet gebraten|brechen brach gebrochen brich|brennen brannte gebrannt|bringen brachte gebracht|
essen ass gegessen iss|fahren fuhr gefahren|fallen fiel gefallen|fangen fing gefangen|fechten focht gefochten ficht|
finden fand gefunden|fliegen flog geflogen|fliehen floh geflohen|fliessen floss geflossen|fressen frass gefressen friss|
frieren fror gefroren|geben gab gegeben gib|gehen ging gegangen|giessen goss gegossen|gleiten glitt geglitten|
graben grub gegraben|greifen griff gegriffen|halten hielt gehalten|hangen hing gehangen|heben hob gehoben|
klingen klang geklungen|kneifen kniff gekniffen|kommen kam gekommen|kriechen kroch gekrochen|laden lud geladen|
laufen lief gelaufen|leihen lieh geliehen|lesen las gelesen lies|liegen lag gelegen|melken molk gemolken|
messen mass gemessen miss|nehmen nahm genommen nimm|pfeifen pfiff gepfiffen|reiben rieb gerieben|reissen riss gerissen|
reiten ritt geritten|rennen rannte gerannt|riechen roch gerochen|rufen rief gerufen|schieben schob geschoben|
schiessen schoss geschossen|schlafen schlief geschlafen|schlagen schlug geschlagen|schleichen schlich geschlichen|
schliessen schloss geschlossen|schmelzen schmolz geschmolzen schmilz|schneiden schnitt geschnitten|
schreiben schrieb geschrieben|schreien schrie geschrien|schreiten schritt geschritten|schwimmen schwamm geschwommen|
schwingen schwang geschwungen|sehen sah gesehen sieh|singen sang gesungen|sinken sank gesunken|sitzen sass gesessen|
spinnen spann gesponnen|sprechen sprach gesprochen sprich|springen sprang gesprungen|stechen stach gestochen stich|
stehen stand gestanden|steigen stieg gestiegen|stossen stiess gestossen|streichen strich gestrichen|
streiten stritt gestritten|tragen trug getragen|treffen traf getroffen triff|treiben trieb getrieben|
treten trat getreten tritt|trinken trank getrunken|wachsen wuchs gewachsen|waschen wusch gewaschen|weben wob gewoben|
werben warb geworben wirb|werfen warf geworfen wirf|wiegen wog gewogen|ziehen zog gezogen|besteigen bestieg bestiegen|
betreten betrat betreten betritt|umgeben umgab umgeben umgibt|verlassen verliess verlassen|
unterhalten unterhielt unterhalten|zerbrechen zerbrach zerbrochen zerbrich|bewerfen bewarf beworfen bewirf|
beladen belud beladen|begraben begrub begraben|bewachsen bewuchs bewachsen|verschliessen verschloss verschlossen`;

/** Infinitives of which all forms follow one rule. */
const weak = `angeln arbeiten atmen ausruhen backen baden balancieren basteln bauen beleuchten bellen beobachten
bemalen beten betrachten bewolken blinzeln blicken bluhen bohren boxen bremsen brullen bugeln buddeln campen decken
demonstrieren diskutieren drehen drucken duschen ernten erzahlen fauchen feiern fischen flattern flechten flirten
fotografieren frisieren fuhren funkeln futtern galoppieren gahnen gartnern glanzen glitzern glauben grasen gratulieren
grillen grussen gucken hacken hakeln heiraten herumtollen hocken holen hopsen horen hupfen husten impfen
jagen jodeln joggen jonglieren jubeln kampfen kehren klatschen kleben klettern klopfen knien knicken knurren kochen kuscheln
kussen lacheln lachen landen leben lecken lehnen lehren leiten lenken lernen leuchten machen mahen malen marschieren
massieren meditieren melken musizieren nahen naschen nicken niesen operieren ordnen packen paddeln parken
pflucken pflugen picknicken plantschen planschen plaudern posieren prasentieren predigen probieren putzen
radeln rasen rasieren rasten rauchen regnen reinigen reisen rennen reparieren retten rodeln rollen rudern ruhen rutschen
sagen sammeln saugen schaukeln schauen schenken schimmern schlendern schlittern schmausen schmiegen schminken schmucken
schmusen schnarchen schneien schnitzen schnorcheln schnuppern schutteln schutzen segeln servieren setzen skaten sonnen
spazieren speisen spiegeln spielen spritzen spulen stapeln starten staunen stehlen stellen sticken stopfen stricken streicheln strahlen
streuen studieren stutzen suchen surfen tanzen tauchen taumeln toben tollen traben trainieren trauern traumen
trocknen trommeln turnen umarmen uben uberqueren unterrichten verkaufen verladen verneigen verschneien verzieren wachen wandern
warten waten wehen weiden weinen winken wirbeln wohnen wringen zahlen zaubern zeichnen zeigen zelten zielen zundeln zwinkern`;

/** Nouns and adjectives. */
const others = `see seen sees|knie knien knies|zoo zoos|hoch hohe hoher hohen hohes hohem|dunkel dunkle dunkler dunklen dunkles|
edel edle edler edlen|teuer teure teurer teuren|sauer saure saurer sauren|eben ebene|bus busse bussen busses|
museum museen museums|zentrum zentren zentrums|stadion stadien stadions|studio studios|gymnasium gymnasien gymnasiums|
aquarium aquarien aquariums|kaktus kakteen|atlas atlanten|album alben albums|villa villen|firma firmen|
drama dramen|thema themen|konto konten|pizza pizzen pizzas|material materialien materials|datum daten|praxis praxen|
globus globusse globen|virus viren|rhythmus rhythmen|organismus organismen|zyklus zyklen|block blocke blocks|
zeugnis zeugnisse zeugnissen|ergebnis ergebnisse ergebnissen|hindernis hindernisse hindernissen|
ei eier eiern|frau frauen|herr herren herrn|bauer bauern|nachbar nachbarn nachbarin nachbarinnen|
arzt arzte arzten arztin arztinnen|koch koche kochin kochinnen|hund hunde hunden hundin hundinnen|
lowe lowen lowin lowinnen|wolf wolfe wolfen wolfin|freund freunde freunden freundin freundinnen|
konig konige konigs konigin koniginnen|franzose franzosen franzosin franzosinnen|enkel enkeln enkelin enkelinnen`;

/** Forms that are more often something else: `band` is a band, `schoss` a lap. They stand for themselves alone. */
const otherWords = new Set(
  wordsOf(`band bande bander bandes bands stand griff biss schnitt trieb schoss hang hange mass masse miss fest lag lager sang
    spann stich stiche klang ritt schritt schritte schloss schlosses wiege binde decke decken packe drucke fliege liege
    leben lebt leite backen back weide weiden spule rase rasen stelle stellen sonnen sonne spiegel
    decker schlag schlage zahle zahlen lache schauer lade trage wage wagen heber grabe graben braten reise reisen
    falle grus feier feiern glanz glaube lehne lehnen lehre leitern wache kuss gabel lese bringe sticken suche stopfen wehe
    halt halte hacke hacken ass leiter schalen kehre lander lande landen hole holen mahl male malt`),
);

const presentEndings = wordsOf('e st t en end ende enden ender endes endem');
const adjectiveEndings = ['', ...wordsOf('e en er es em')];

/** Groups of words that are forms of one another. */
export function germanForms(): string[][] {
  const verbs = [...listOf(strong).map(strongForms), ...wordsOf(weak).map(weakForms)];
  return [...verbs.map((forms) => forms.filter((form) => !otherWords.has(form))), ...listOf(others)];
}

function strongForms([infinitive = '', past = '', participle = '', changed]: readonly string[]): string[] {
  return [
    ...presentForms(infinitive),
    ...(changed === undefined ? [] : [changed, `${changed}t`, `${changed}st`]),
    ...['', 'en', 'n', 't'].map((ending) => past + ending),
    ...adjectiveEndings.map((ending) => participle + ending),
  ];
}

function weakForms(infinitive: string): string[] {
  const stem = stemOf(infinitive);
  const ends = endsHard(stem) ? `${stem}e` : stem;
  return [
    ...presentForms(infinitive),
    ...['te', 'ten'].map((ending) => ends + ending),
    ...['', 'ge'].flatMap((before) => adjectiveEndings.map((ending) => `${before}${ends}t${ending}`)),
  ];
}

function presentForms(infinitive: string): string[] {
  const stem = stemOf(infinitive);
  return [
    infinitive,
    ...(endsHard(stem) ? [`${stem}et`] : []),
    // "wandernd", "lächelnd"
    ...(/[el][rl]n$/.test(infinitive) ? wordsOf('nd nde nden nder ndes') : presentEndings).map(
      (ending) => stem + ending,
    ),
    `${stem}t`,
  ];
}

function stemOf(infinitive: string): string {
  return infinitive.replace(/(?<=e[lr])n$|en$/, '');
}

/** Whether an -e- stands before the ending: `arbeitet`, `zeichnet`. */
function endsHard(stem: string): boolean {
  return /(?:[dt]|ch[mn]|[^aeiouhlmnr][mn])$/.test(stem);
}

/** A woman who does what a man is called for, and the other way round: `Sängerin`, `Sänger`. */
export function germanGenders(word: string): string[] {
  const [, man] = /^(.{2,}er)(?:n|s|in|innen)?$/.exec(word) ?? [];
  return man === undefined ? [] : ['', 'n', 's', 'in', 'innen'].map((ending) => man + ending);
}
