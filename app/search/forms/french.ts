import { listOf, wordsOf } from './lists.ts';

/**
 * French verbs that are seen in photos, in the forms that captions have, and feminines that `stem-french.ts` does not know.
 * All folded: without accents, as the index has them.
 */

/** By -er, without it. */
const byEr = `abandonn aboy accompagn accroch admir agit alallum amus apport approch arret arros arriv attach
attrap avanc baign balad bavard berc bless boug bricol broy brul brout camp caress cass celebr chant chass chauff cherch
chevauch coiff contempl couch creus cultiv dans debarqu decor degust deploy deshabill dessin devor
discut domin dress eclabouss eclair embarqu embrass enlac ensoleill entour envelopp escalad essuy etal etir examin
flan flott frapp frott fum galop gliss gonfl gratt grignot grill grimp habill install jardin jet jongl jou lanc lav
lech lev long mang manifest march medit mendi mesur nag navigu nettoy nich observ pagay parl patin pech pedal
pel pench photographi picor pilot pleur plong port pos pouss prepar pri promen ram ramass ramp ras recolt regard
remorqu renvers repar repos retourn rev roul salu saut sculpt sech secou siffl skat ski soign souffl soulev survol tag
taill telephon tir train travers trembl tricot trott vendang vers visit vogu vol voyag`;

/** By -ir with -iss-, without -ir. */
const byIr = `atterr applaud bat blanch bond brand envah fleur franch garn grand grav jaill nourr obscurc refleur rempl
reun roug rug surg verd vieill`;

/** By -re, without it. */
const byRe = 'attend descend entend etend fend fond mord pend rend suspend tend tond vend';

const irregular = `courir court courent courant courante courait couraient couru courue|
boire boit boivent buvant bu bue buvait buvaient|voir voit voient voyant vu|
lire lisent lisant lu lue lisait lisaient|ecrire ecrit ecrivent ecrivant ecrite ecrits ecrites|
rire rit rient riant riante riants riaient|sourire sourit sourient souriant souriante souriants souriantes souriait|
dormir dort dorment dormant dormait dormaient endormi endormie endormis endormies|
tenir tient tiennent tenant tenu tenue tenus tenues tenait tenaient|
offrir offre offrent offrant offert offerte|ouvrir ouvre ouvrent ouvrant ouvert ouverte ouverts ouvertes|
couvrir couvre couvrent couvrant couvert couverte couverts couvertes recouvert recouverte recouverts recouvertes|
cuire cuit cuisent cuisant cuite cuits cuites|conduire conduit conduisent conduisant|
construire construit construisent construisant construite construits construites|
peindre peint peignent peignant peinte peints peintes|eteindre eteint eteignent eteinte eteints|
prendre prend prennent prenant prenait|battre bat battent battant|combattre combat combattent combattant|
mettre met mettent mettant mis|cueillir cueille cueillent cueillant cueillait|
sortir sort sortent sortant sorti|partir part partent partant parti|servir sert servent servant servi|
fuir fuit fuient fuyant|vivre vit vivent vivant vivante vivants vivantes|mourir meurt meurent mourant mort morte morts mortes|
naitre nait naissent naissant nee|suivre suit suivent suivi|traire traient trayant|
asseoir assis assise assises assied asseyent asseyant|
croitre croit croissent|luire luit luisent luisant luisante luisants|pleuvoir pleut pluvieux pluvieuse|
jeter jette jettent|appeler appelle appellent|etinceler etincelle etincellent etincelant etincelante|
lever leve levent levant|essuyer essuie essuient|nettoyer nettoie nettoient|aboyer aboie aboient|
broyer broie broient|pagayer pagaie pagaient|deployer deploie deploient`;

const feminines = `gros grosse grosses|roux rousse rousses|doux douce douces|sec secs seche seches|
long longs longue longues|frais fraiche fraiches|epais epaisse epaisses|bas basse basses|gras grasse grasses|
public publics publique publiques|grec grecs grecque grecques|turc turcs turque turques|neuf neufs neuve neuves|
vif vifs vive vives|nouveau nouveaux nouvel nouvelle nouvelles|jumeau jumeaux jumelle jumelles|fou fous folle folles|
vieux vieil vieille vieilles|beau beaux bel belle belles|mou mous molle molles|loup loups louve louves|
copain copains copine copines|dieu dieux deesse deesses|maitre maitres maitresse maitresses|
prince princes princesse princesses|hote hotes hotesse hotesses|ane anes anesse anesses|tigre tigres tigresse tigresses|
duc ducs duchesse|roi rois reine reines|oeil yeux|ciel ciels cieux|monsieur messieurs|madame mesdames|
bonhomme bonshommes|turquoise turquoises`;

/** Forms that are more often something else: `porte` is a door, `vue` a view. They stand for themselves alone. */
const otherWords = new Set(
  wordsOf(`porte portes lance lances volant volants voltes taille tailles peche peches marches montant volets vue mise lit
    suivant ne conduite trait pendant pendants fond fondant etendue etendues rase`),
);

/** Forms that a verb is looked for by, and that are themselves looked for as something else: a market, a tennis court. */
export const frenchFoundOnly: readonly string[] = wordsOf(
  'marche court joue bat met sort servant part mort rend pose',
);

/** Endings of the forms that captions have; the participle's accent is folded away. */
const erEndings = wordsOf('er e es ent ee ees');
/** Before which a `g` keeps its sound by an `e`: `nageant`. */
const hardEndings = wordsOf('ant ante ants antes ait aient');
const irEndings = wordsOf('ir it issent issant issante issants issait issaient i ie is ies');
const reEndings = wordsOf('re ent ant ante ants u ue us ues ait aient');

/** Groups of words that are forms of one another. */
export function frenchForms(): string[][] {
  const groups = [
    ...wordsOf(byEr).map((stem) => [
      ...erEndings.map((ending) => stem + ending),
      ...hardEndings.map((ending) => (stem.endsWith('g') ? `${stem}e${ending}` : stem + ending)),
    ]),
    ...wordsOf(byIr).map((stem) => irEndings.map((ending) => stem + ending)),
    ...wordsOf(byRe).map((stem) => [stem, ...reEndings.map((ending) => stem + ending)]),
    ...listOf(irregular),
  ].map((forms) => forms.filter((form) => !otherWords.has(form)));
  return [...groups, ...listOf(feminines)];
}

/**
 * What a folded word is called in the other gender, by its ending, with the plurals; whether there is such a word, the
 * library knows.
 */
export function frenchGenders(word: string): string[] {
  for (const [pattern, endings] of genders) {
    if (pattern.test(word)) return endings.map((ending) => word.replace(pattern, ending));
  }
  return [];
}

const genders: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(?<=..)t(?:eurs?|rices?|euses?)$/, ['teur', 'teurs', 'trice', 'trices', 'teuse', 'teuses']],
  [/(?<=..)euses?$/, ['eux', 'eur', 'eurs', 'euse', 'euses']],
  [/(?<=..)eux$/, ['euse', 'euses']],
  [/(?<=..)eurs?$/, ['eur', 'eurs', 'euse', 'euses']],
  [/(?<=..)(?:ifs?|ives?)$/, ['if', 'ifs', 'ive', 'ives']],
];
