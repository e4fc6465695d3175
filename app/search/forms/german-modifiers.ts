import { wordsOf } from './lists.ts';

/**
 * First parts of German compounds, folded: nouns, stems of verbs, adjectives. For libraries that do not have them as words
 * of their own; whatever word of four letters a library has can be one too. Not the prefixes of verbs (`Anzug`, `Gewand`)
 * nor parts that make another thing of what follows (`Seehund` is no dog, `Neurose` no rose).
 */
export const germanModifiers: ReadonlySet<string> = new Set(
  wordsOf(`abend abenteuer abfall acker adler adresse affe ahorn aktion alarm alm alpen alpha alt altar amateur ameise ampel amsel
    anfang angel angst anker antilope apfel april arbeit arm artist arzt asche asphalt ast atlantik auge august aussicht auster
    auto bach backer backstein bad bade bagger bahn bahnhof balkon ball ballett ballon balsam bambus banane band bank bar barock
    bart basar basilika basket bass bau bauch bauern baum baumwoll beach becher beere bein bekleidung beleuchtung benzin berg
    bergbau bergsteiger beruf beton bett biber bibliothek biene bier bild billard binnen birke birne blatt blau blech blei blitz
    block blond blues blume blut blute boden bogen bohne boot botanik box brand braun braut brei breit brenn brett brief brille
    brokat brombeer bronze brot brucke bruder brunnen brust buch buche bucht buffel buhne bund bunt burg burger buro bus busch
    butter chor christ christbaum computer creme dach dachs damen dampf dampfer daumen deckel delfin denkmal design dessert dia dienst dom
    donau doppel dorf dorn dose draht dreh dreieck dreirad druck dschungel duft dunkel dune dunst dusche eber eck edel edelstein
    efeu ehe ehren ei eiche eichhornchen eier eilboot einkauf eis eisbar eisen eisenbahn elch elefant elektro eltern ende engel
    ente erd erdbeer ernte erz esel essen eule fabrik fach fackel faden fahr fahrrad falke falten familie fantasie farbe farn fasching
    fasan fass fassade feder fee feier feige feld fell fels felsen fenster ferien fern fest festung feuer feuerwehr fichte figur
    filigran film filz finger fisch fischer flach flachs flagge flamingo flamme flasche flaschen flecht fleisch flieder fliege fliesen
    flohmarkt floss flugel flug flughafen fluss form forscher forst foto foxterrier frauen freizeit fremd freund frieden fries
    frisch friseur frosch frost frucht fruh fruhling fruhstuck fuchs fuhrer fuss fussball futter gabel gans garde garten garn gas
    gast gebet gebirgs gebirge geburtstag geflugel geige geist gelb geld gemuse gepack geschenk geschirr gesicht getreide gewachs
    gewitter giebel gift gips giraffe gitarre gitter glanz glas glatt gletscher glocke gluh gold golf gondel gorilla gospel gotik
    grab granit gras grau greif grenz grill gross grotte gruft grun grund gruppe gurke gummi gurtel haar hafen hafer hagel
    hahn hai hain halb hals hand handel handwerk handy hang harfe hart hase hasel haube haupt haus haushalt haut hecht hecke heide
    heil heiligen heimat heiss heizung held helikopter hell hemd henkel herbst herd herde herren herz heu heuschrecke himbeer himmel
    hirsch hirten hoch hochzeit hof hohe hohl holland holz honig horn hose hotel hubschrauber hufeisen hugel huhn huhner
    hummer hunde hut hutte igel immergrun imker indianer industrie ingwer innen insekt insel instrument jagd jager jahr
    jahrmarkt jakobs jazz jugend jung juni kabel kabine kafer kaffee kaiser kakao kakadu kaktus kalb kalender kalk kalt kamel
    kamera kamin kampf kanal kaninchen kanne kanu kapelle kapitan kapuze karneval karotte karte kartoffel karton kasse kastanie
    kasten katze keller kerze kessel kette kiefer kiel kies kiesel kinder kino kiosk kirch kirche kirmes kirsch kirsche kiste kleid klein
    klee klapp kletter kloster knochen knopf koala kobold koch koffer kohl kohle kokos kolonial kolibri komet konfetti konig konigin konzert
    kopf kopfstein korallen korb korn kork kraft kram kran kranich kranken kranz kraut krauter krebs kreide kreis kreuz krieg
    krippe kristall krokus krone krokodil kroten kuche kuchen kuckuck kugel kuh kuhl kunst kunststoff kupfer kuppel kurbis kurz kuste lachs
    lack laden lamm lampe lampion land landes landschaft landwirtschaft lang laser last latten laub lauf laufer laub
    lauch lava lavendel lawine leben lebens leder lehm lehrer leih leinen leucht libelle licht liebe lieb liefer liege lilie linde
    lippe locken loffel lowe luchs luft luxus luxemburg magnolie mahl mai mais mal maler mandarin mandel mangold mantel
    marathon marchen marder mari marien markt marmor maschine maske maske mast matrosen mauer maul maulwurf maus medaille medizin
    meer mehl mehrfamilien meise melone mensch menschen messe messer messing metall metro metzger miet milan milch militar mineral
    mini minz mispel mist mittag mittel mitternacht mobel moder mode modell mohn mond moor moos moped morgen mosaik most motor motorrad mull munz
    muschel museum museums musik muskel musiker mutter nachbar nacht nadel nagel nah narzissen nasen nashorn
    national natur nebel neon nest netz neu neujahr nikolaus nil nonne nord norden norwegen not noten nudel nuss obst ochse
    ofen ohr ol oldtimer olive oliven oper orange orangen orchester orchidee orden orgel orient osten oster ostern ost otter ozean paar
    palast palmen panda panorama panther panzer papagei papier pappel paprika parade paradies park parken parkett party pass passagier
    patchwork pavian pelikan pelz perle perlen perser personen petersilie pfad pfahl pfau pfeffer pfeifen pfeil pferd pferde
    pferdeschwanz pfingst pfingsten pfirsich pflanzen pflaster pflaume pflug pilger pilot pilz pinguin pinsel pionier pirat piraten plastik plateau
    platin platz platzchen plattform plusch pokal polar polizei polo porzellan post postkarten pracht preis presse privat prozession pudel
    pult puppe puppen putz pyramiden quad qualle quell quelle quer rabe rad radfahrer rakete rand rasen rasier rat ratten
    raub rauch raum raupen rebe rebhuhn rechteck regal regen regenbogen regenwald reh reich reise reis reiter reit rekord
    rennen renn renaissance rentier restaurant rettung rettungs rhabarber rhein rhinozeros riesen rind rinde ring robben rock roggen
    rohr roh roller roman romer rosen rosinen rosmarin rost rot rubin ruck ruckfahr ruder ruinen rund rundfahrt rutsch saal sack
    safari saft sahne salamander salat salz samt sand sandalen sandstein sanger sarg satteldach sattel sauna saure schach schaf
    schafer schal schatten schatz schau schauspieler scheren schiefer schiff schiffs schild schilf schimmel schimpanse
    schirm schlaf schlamm schlange schlangen schlauch schlitten schloss schlucht schluss schmetterling schmied schmuck schnabel
    schnee schneid schneemann schnell schnitt schokolade schon schrank schreib schreiner schrift schuh schul schule schuler schulter
    schuppen schussel schutz schwarz schwalbe schwan schwamm schwein schweine schweizer schwert schwimm see seeadler segel seide seiden
    seil seifen seiten sekt selbst senf sessel sibirien sicherheit silber silvester skate ski socken sofa sohn soldaten sommer
    sommernacht sonne sonnen sonnenblumen sonntag spargel spaten spatz spazier specht speck speise speicher sperling spiegel
    spiel spieler spielzeug spinne spinnen spital spitz sport sprach spring spritz sprung stab stachel stadion stadt stahl stall
    standesamt stand statt staub stauden stau stech steh stein stern sternen steuer stier stiefel stink stock stoff storch strand
    strandkorb strassen strasse strauss strauch streich streif streifen streit strick strom stroh strumpf student studenten stuhl
    stumm sturm sud suden suss sumpf surf suppen tabak tafel tag tal tanne tannen tanz tanzer tapeten tank tasche taschen tasse
    tatort tau taub taube tauben tauch taucher tauf tee teich teig telefon teller tempel tennis teppich terrasse teufel theater
    thermal thron tief tier tiger tinten tisch tischler titan toast tochter toilette tomate tomaten ton topf tor torten totem
    touristen trachten traktor trauben trauer traum traumer treib treibholz treppen trick triumph trocken trommel tropen tropf tropfen truck
    truthahn tuch tulpen tunnel tur turkis turm turn turner ufer uhr uhu ulmen uni universitat unwetter
    urlaub vanille vater veilchen ventil verkaufs verkehr verkehrs vieh viktoria viola violin vogel volk volks vollmond
    vorort vulkan waage wach wachs wachtel waffen wagen wald wall wal walnuss wand wander wanderer wappen waren warn
    wasch wasser wasserfall watt weber wechsel weg wegweiser wehr weide weiden weihnacht weihnachts wein weiss weit weizen wellen welt
    wende werbe werk werkstatt west westen wett wetter wiesel wiese wiesen wikinger wild wildschwein wind winter winzer wirbel wirtschaft
    wohn wohnung wolf wolken wolle woll wunder wurm wurst wurzel wuste wusten zahn zander zauber zaun zebra zeder zeichen zeit
    zeitung zeitungs zelt zentral zement ziege ziegel ziegen zier zimmer zimt zinn zirkus zitronen zoll zoo zucht zucker zug
    zugvogel zunge zweig zwei drei vier zwerg zwergen zwetschge zwiebel zylinder zypresse`),
);

/** Compounds, without their endings, that are no kind of what they end in, and towns that end in a castle. */
export const noKinds: readonly string[] =
  wordsOf(`seehund meerkatz neuros seepferd meerschwein ohrwurm zaunkonig meerrettich
  schildkrot windhos augapfel erdapfel fledermaus eiszapfen flussbett lowenzahn lowenmaul stiefmutter handschuh fingerhut
  windrad motorrad bahnhof friedhof flughafen armband schornstein strandkorb schneemann autobahn fahrbahn landebahn startbahn
  waschbar wasserhahn leseratt wasserratt landratt muskelkater drahtesel pechvogel fahrstuhl webstuhl dachstuhl fernglas
  hochzeit mahlzeit salzburg luxemburg freiburg wolfsburg regensburg strassburg magdeburg heidelberg deutschland
  england niederland griechenland`);
