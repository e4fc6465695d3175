import { describe, expect, test } from 'vitest';
import { createShelf } from './photo-shelf.ts';

/** Captions as models write them. */
const captions = {
  hunde: 'Zwei Hunde laufen am Strand entlang, im Hintergrund ein Leuchtturm.',
  haeuser: 'Alte Häuser und eine Kirche in einer schmalen Straße in München.',
  kinder: 'Ein Kind mit roter Mütze füttert Vögel im Park.',
  muller: 'Das Schild der Bäckerei Mueller neben der Brücke.',
  chiens: 'Deux chiens courent sur la plage, avec un phare à l’horizon.',
  chevaux: 'Des chevaux blancs dans un pré près de l’église.',
  oiseau: 'Un oiseau est posé sur la branche d’un vieux chêne.',
  cafe: 'Une femme boit un café à la terrasse d’une brasserie à Paris.',
  inu: '海辺を走る二匹の犬と灯台',
  ramen: '東京のカウンターでラーメンを食べる男性',
  iphone: 'iPhoneで撮影した富士山の夕焼け',
  dogs: 'Two dogs run along the beach; a plan of the harbour is on the wall.',
} as const;

describe('German, French and Japanese', () => {
  test.each([
    ['Hund', ['hunde']],
    ['hunden', ['hunde']],
    ['Haus', ['haeuser']],
    ['häuser', ['haeuser']],
    ['haeuser', ['haeuser']],
    ['strasse', ['haeuser']],
    ['Straßen', ['haeuser']],
    ['Muenchen', ['haeuser']],
    ['Kinder', ['kinder']],
    ['vogel', ['kinder']],
    ['Mützen', ['kinder']],
    ['Müller', ['muller']],
    ['Brücken', ['muller']],
    ['chien', ['chiens']],
    ['plages', ['chiens']],
    ['cheval', ['chevaux']],
    ['eglise', ['chevaux']],
    ["l'église", ['chevaux']],
    ['l’oiseau', ['oiseau']],
    ['oiseaux', ['oiseau']],
    ['chene', ['oiseau']],
    ['cafés', ['cafe']],
    ['brasseries Paris', ['cafe']],
    ['犬', ['inu']],
    ['灯台', ['inu']],
    ['二匹', ['inu']],
    ['ラーメン', ['ramen']],
    ['らーめん', ['ramen']],
    ['ﾗｰﾒﾝ', ['ramen']],
    ['東京 男性', ['ramen']],
    ['富士山', ['iphone']],
    ['iphone 夕焼け', ['iphone']],
    ['ＩＰＨＯＮＥ', ['iphone']],
    // English words keep to English captions: no German plural of “plan”.
    ['planes', []],
    ['plan', ['dogs']],
  ])('%s finds %j', (query, names) => {
    const shelf = createShelf();
    const numbers = new Map(
      Object.entries(captions).map(([name, caption], index) => [
        shelf.nameOf(shelf.add(`IMG_${String(index)}`, { caption })),
        name,
      ]),
    );
    expect(shelf.find(query).map((number) => numbers.get(number))).toEqual(names);
    for (const item of shelf.search(query).items) expect(item.matchedIn).toEqual(['caption']);
  });

  test('keywords alone, without a sentence around them, are found in each language', () => {
    const shelf = createShelf();
    shelf.add('de', { keywords: ['Hunde', 'Häuser'] });
    shelf.add('fr', { keywords: ['chevaux', 'oiseaux'] });
    expect([shelf.find('hund'), shelf.find('cheval')]).toEqual([['de'], ['fr']]);
  });

  test.each([
    [
      'haus',
      {
        caption: 'Alte Häuser an der Straße in Lübeck',
        altText: 'A row of old brick buildings on a street.',
      },
    ],
    ['cheval', { caption: 'A rider at the end of the day', title: 'Des chevaux sur la plage' }],
    ['bird', { caption: 'Ein Reiher am Ufer der Trave.', altText: 'Birds at the edge of the water.' }],
  ])('%s is found in the language of each text, whatever that of the others is', (query, fields) => {
    const shelf = createShelf();
    shelf.add('it', fields);
    expect(shelf.find(query)).toEqual(['it']);
    expect(shelf.search(query).items[0]?.matchedIn).toHaveLength(1);
  });

  test('a library that was indexed before finds its words meanwhile, and more forms a little later', async () => {
    const { indexStale } = await import('../../app/search/index-store.ts');
    const shelf = createShelf();
    const id = shelf.add('it', { caption: captions.haeuser });
    // As the version before wrote it.
    shelf.db.run(
      "INSERT OR REPLACE INTO search_text (rowid, caption) VALUES (?, 'alte hauser und eine kirche')",
      [id],
    );
    shelf.db.run('UPDATE search_entry SET is_stale = 1');
    expect([shelf.find('hauser'), shelf.find('haus')]).toEqual([['it'], []]);
    while (indexStale(shelf.db) > 0);
    expect(shelf.find('haus')).toEqual(['it']);
  });
});
