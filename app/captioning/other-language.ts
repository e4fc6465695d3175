/**
 * Tells whether a text is plainly in another language than was asked for: by its script, and between languages of one script by their
 * commonest words. Says so only where there is no doubt: a wrong alarm costs a person's time.
 */

/** Words that no sentence does without, and what stands in very many captions. Those that two languages have are told apart below. */
const commonWords: Readonly<Record<string, string>> = {
  en: `the a and with of is are on in at its their from this that by while into above through behind under which an to
    his her near over beside across between beneath wearing standing sitting looking walking running holding smiling
    man woman men women people person child children boy girl dog cat bird horse tree trees flower flowers street house building
    sky water sea beach mountain mountains river lake sunset night light white black red blue green yellow brown gray grey
    small large young old two three street background wooden grass field snow car boat bridge`,
  de: `der die das und mit ein eine einem einen einer eines ist sind auf im in vor dem den des von zu zum zur bei neben über unter am an
    hinter zwischen aus durch sich wird steht stehen sitzt sitzen liegt liegen trägt hält blickt läuft zeigt
    mann frau menschen kind kinder junge mädchen hund katze vogel pferd baum bäume blume blumen straße haus gebäude
    himmel wasser meer strand berg berge fluss see sonnenuntergang nacht licht weiß weißen schwarz schwarzen rot roten blau blauen
    grün grünen gelb gelben braun braunen grau grauen klein kleinen groß großen alte alten zwei drei hintergrund wiese schnee`,
  fr: `le la les une des du de et avec dans sur est sont au aux par devant sous qui derrière près un en ses son sa d l
    entre vers chez debout assis assise porte tient regarde marche
    homme femme hommes femmes gens personne personnes enfant enfants garçon fille chien chat oiseau cheval arbre arbres fleur fleurs rue maison
    bâtiment ciel eau mer plage montagne montagnes rivière lac coucher soleil nuit lumière blanc blanche noir noire rouge bleu
    bleue vert verte jaune brun marron gris petit petite grand grande jeune vieux vieille deux trois arrière plan herbe neige`,
  es: `el la los las una con en está están de sobre del y a al por frente bajo junto hacia mientras su sus un se que
    entre detrás delante lleva mira camina sostiene sentado sentada pie
    hombre mujer hombres mujeres gente persona personas niño niña niños perro gato pájaro caballo árbol árboles flor flores calle casa
    edificio cielo agua mar playa montaña montañas río lago atardecer noche luz blanco blanca negro negra rojo roja azul
    verde amarillo marrón gris pequeño pequeña grande joven viejo vieja dos tres fondo hierba nieve`,
  it: `il lo la gli le una con di è sono nel nella sul sulla del della dei delle da e a in davanti sotto accanto che al alla un
    tra dietro verso mentre si porta guarda cammina tiene seduto seduta piedi
    uomo donna uomini donne gente persona persone bambino bambina bambini cane gatto uccello cavallo albero alberi fiore fiori strada casa
    edificio cielo acqua mare spiaggia montagna montagne fiume lago tramonto notte luce bianco bianca nero nera rosso rossa blu
    verde giallo marrone grigio piccolo piccola grande giovane vecchio vecchia due tre sfondo erba neve`,
  pt: `o os a as uma com em está estão de sobre do da dos das e ao pela pelo frente sob junto um no na nos nas que
    entre atrás homem mulher pessoas pessoa criança crianças cachorro cão gato pássaro cavalo árvore árvores rua casa edifício céu água
    mar praia montanha rio noite luz branco branca preto preta vermelho vermelha azul verde amarelo cinza pequeno pequena
    grande jovem velho dois duas três fundo neve`,
  nl: `de het een met van is zijn in op aan en bij onder achter voor naast die dat over tussen door
    man vrouw mensen kind kinderen jongen meisje hond kat vogel paard boom bomen bloem bloemen straat huis gebouw lucht
    strand berg bergen rivier meer zonsondergang nacht licht wit witte zwart zwarte rood rode blauw blauwe groen groene geel gele
    bruin bruine grijs grijze kleine grote jonge oude twee drie achtergrond gras sneeuw`,
};
const wordLists = new Map(
  Object.entries(commonWords).map(([language, words]) => [language, new Set(words.split(/\s+/u))]),
);

/** Scripts that languages are written in, where they are not Latin. */
const scripts: Readonly<Record<string, RegExp>> = {
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  zh: /\p{Script=Han}/u,
  ko: /\p{Script=Hangul}/u,
  ru: /\p{Script=Cyrillic}/u,
  uk: /\p{Script=Cyrillic}/u,
  bg: /\p{Script=Cyrillic}/u,
  el: /\p{Script=Greek}/u,
  ar: /\p{Script=Arabic}/u,
  fa: /\p{Script=Arabic}/u,
  he: /\p{Script=Hebrew}/u,
  hi: /\p{Script=Devanagari}/u,
  th: /\p{Script=Thai}/u,
};

const fewestWords = 4;
const fewestLetters = 12;
/** A name, or what stands on a sign, brings fewer than this into a sentence of the language that was asked for. */
const fewestForeign = 3;

/** @param asked a BCP 47 tag; of a language that we do not know nothing is said */
export function isInOtherLanguage(text: string, asked: string): boolean {
  const language = /^[a-z]{2}(?=$|-)/i.exec(asked)?.[0].toLowerCase();
  if (language === undefined) return false;
  const letters = text.match(/\p{L}/gu) ?? []; // why []: a text without letters
  if (letters.length < fewestLetters) return false;
  const script = scripts[language];
  const isOwn = (letter: string): boolean => (script ?? /\p{Script=Latin}/u).test(letter);
  if (script !== undefined || wordLists.has(language)) {
    if (letters.filter(isOwn).length < letters.length / 2) return true;
  }
  const own = wordLists.get(language);
  if (own === undefined) return false;
  const words = text.split(/[^\p{L}]+/u).filter((word) => word !== '');
  if (words.length < fewestWords) return false;
  const all = words.map((word) => word.toLowerCase());
  // “La Casa Rosada, Plaza de Mayo” is a name. In German every noun has a capital.
  const unnamed = all.filter((word, index) => index === 0 || words[index] === word);
  return [...wordLists].some(([name, list]) => {
    return name !== language && isRather({ said: name === 'de' ? all : unnamed, all }, list, own);
  });
}

/** Only what one of the two languages has alone tells them apart: “la” is French, Spanish and Italian, “a” is no French article. */
function isRather(
  words: { readonly said: readonly string[]; readonly all: readonly string[] },
  foreign: ReadonlySet<string>,
  own: ReadonlySet<string>,
): boolean {
  const foreignAlone = words.said.filter((word) => foreign.has(word) && !own.has(word)).length;
  const ownAlone = words.all.filter((word) => own.has(word) && !foreign.has(word)).length;
  return foreignAlone >= fewestForeign && foreignAlone > 3 * ownAlone;
}
