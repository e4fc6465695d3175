import { listOf } from './lists.ts';

/**
 * English words whose other forms no rule finds: verbs with their past and participle, plurals, and the two spellings of
 * one word. Regular forms are found by their stems (`stem-english.ts`).
 *
 * Left out is what is more often another word: "rose", "left", "saw", "spring".
 */

const verbs = `begin began begun|bite bitten|blow blew blown|break broke broken|bring brought|build built|buy bought|
catch caught|choose chose chosen|cling clung|come came|creep crept|dig dug|draw drew drawn|drink drank drunk|
drive drove driven|eat ate eaten|fall fell fallen|feed fed|fight fought|flee fled|fly flew flown|freeze froze frozen|
give gave given|grow grew grown|hang hung|hide hid hidden|hold held|keep kept|kneel knelt|lead led|lean leant|
leap leapt|lose lost|make made|meet met|ride rode ridden|run ran|sell sold|send sent|shake shook shaken|shear shorn|
shine shone|shoot shot|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid|
speak spoke spoken|spill spilt|spin spun|spring sprang sprung|stand stood|steal stole stolen|strike struck|
sweep swept|swell swollen|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|throw threw thrown|
wake woke woken|wear wore worn|weave wove woven|weep wept|win won|write wrote written`;

const nouns = `knife knives|shelf shelves|loaf loaves|thief thieves|half halves|scarf scarves scarfs|hoof hooves hoofs|
elf elves|sheaf sheaves|wife wives|midwife midwives|dwarf dwarves dwarfs|ox oxen|louse lice|person people|
cactus cacti cactuses|fungus fungi|alga algae|larva larvae|alumnus alumni|aquarium aquariums aquaria|
stadium stadiums stadia|plateau plateaus plateaux|chateau chateaus chateaux|octopus octopuses octopi|
hippopotamus hippopotamuses hippopotami|penknife penknives|bookshelf bookshelves|werewolf werewolves|
dormouse dormice|grandchild grandchildren|schoolchild schoolchildren|goose geese|tooth teeth|foot feet|
fireman firemen|fisherman fishermen|policeman policemen|policewoman policewomen|snowman snowmen|
sportsman sportsmen|salesman salesmen|businessman businessmen|horseman horsemen|craftsman craftsmen|
boatman boatmen|postman postmen|milkman milkmen|workman workmen|gentleman gentlemen|cameraman cameramen|
grey gray greys grays|colour color colours colors|harbour harbor harbours harbors|theatre theater theatres theaters|
centre center centres centers|neighbour neighbor neighbours neighbors|tyre tire tyres tires|plough plow ploughs plows|
aeroplane airplane aeroplanes airplanes|jewellery jewelry|moustache mustache moustaches mustaches|pyjamas pajamas|
catalogue catalog|armour armor|sceptre scepter|mould mold|fibre fiber|litre liter|metre meter|traveller traveler|
grandma grandmas|doughnut donut doughnuts donuts|sulphur sulfur`;

/** Forms that are more often something else than a form of the verb; the verb is not looked for by them, nor they by it. */
const otherWords = new Set([
  'fell',
  'shot',
  'spring',
  'springs',
  'shear',
  'shears',
  'lead',
  'leads',
  'stole',
]);

/** Groups of words that are forms of one another. */
export function englishForms(): string[][] {
  return [...listOf(verbs).map(verbForms), ...listOf(nouns)];
}

function verbForms([base = '', ...past]: readonly string[]): string[] {
  return [base, thirdPerson(base), gerund(base), ...past].filter((form) => !otherWords.has(form));
}

function thirdPerson(base: string): string {
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`;
  return /(?:[sxz]|[cs]h)$/.test(base) ? `${base}es` : `${base}s`;
}

function gerund(base: string): string {
  if (/[^e]e$/.test(base)) return `${base.slice(0, -1)}ing`;
  // "running", but "sleeping", "throwing", "speaking".
  return /(?:^|[^aeiou])[aeiou][^aeiouwxy]$/.test(base) ? `${base}${base.slice(-1)}ing` : `${base}ing`;
}
