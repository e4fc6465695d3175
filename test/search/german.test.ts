import { describe, expect, test } from 'vitest';
import { createShelf } from './photo-shelf.ts';
import { testPairs } from './word-pairs.ts';

describe('German: compounds, plurals, cases, umlauts, verbs', () => {
  testPairs(
    [
      ['Hund', 'Ein Schäferhund liegt im Schatten.'],
      ['Hund', 'Zwei Schäferhunde im Garten.'],
      ['Hunde', 'Der Wachhund vor dem Haus.'],
      ['Hund', 'Ein Schaeferhund am Zaun.'],
      ['Brücke', 'Eine Eisenbahnbrücke aus Stein.'],
      ['Bruecke', 'Die Eisenbahnbrücken über der Elbe.'],
      ['Brücken', 'Die alte Bruecke im Nebel.'],
      ['Bruecken', 'Die alte Brücke im Nebel.'],
      ['Turm', 'Der Kirchturm von Tölz.'],
      ['Türme', 'Ein Leuchtturm an der Küste.'],
      ['See', 'Der Bodensee am Abend.'],
      ['Seen', 'Ein Bergsee in den Alpen.'],
      ['See', 'Die Seen der Schweiz.'],
      ['Haus', 'Ein Bauernhaus mit Garten.'],
      ['Häuser', 'Viele Fachwerkhäuser in der Altstadt.'],
      ['Strasse', 'Eine Landstraße im Herbst.'],
      ['Straße', 'Die Strassen der Stadt.'],
      ['Baum', 'Ein Apfelbaum in Blüte.'],
      ['Bäume', 'Der Weihnachtsbaum auf dem Platz.'],
      ['Rad', 'Ein Fahrrad an der Wand.'],
      ['Blume', 'Sonnenblumen auf dem Feld.'],
      ['Vogel', 'Ein Zugvogel am Himmel.'],
      ['Schiff', 'Ein Segelschiff im Hafen.'],
      ['Boot', 'Zwei Ruderboote am Ufer.'],
      ['Platz', 'Ein Fußballplatz am Abend.'],
      ['laufen', 'Der Hund läuft über die Wiese.'],
      ['laufen', 'Die Kinder liefen zum Strand.'],
      ['läuft', 'Die Kinder laufen zum Strand.'],
      ['sitzen', 'Eine Frau saß auf der Bank.'],
      ['springen', 'Er sprang ins Wasser.'],
      ['schlafen', 'Die Katze schläft auf dem Sofa.'],
      ['essen', 'Das Kind isst ein Eis.'],
      ['spielen', 'Das Kind spielt im Sand.'],
      ['tanzen', 'Sie tanzte auf der Bühne.'],
      ['wandern', 'Zwei Menschen wanderten im Wald.'],
      ['fotografieren', 'Der Dom, fotografiert von unten.'],
      ['lächeln', 'Die lächelnde Braut mit dem Vater.'],
      ['hoch', 'Die hohen Berge im Schnee.'],
      ['dunkel', 'Eine dunkle Gasse in der Stadt.'],
      ['roter', 'Ein rotes Auto auf der Straße.'],
      ['Sänger', 'Die Sängerin auf der Bühne.'],
      ['Museum', 'Die Museen der Stadt.'],
      ['Ei', 'Die Eier im Nest.'],
      ['Kinder', 'Ein Schulkind mit dem Ranzen.'],
      ['Bus', 'Zwei Reisebusse vor dem Hotel.'],
      ['Kaktus', 'Die Kakteen auf der Fensterbank.'],
    ],
    [
      ['See', 'Ein Seehund auf der Sandbank.'],
      ['See', 'Die Museen der Stadt.'],
      ['See', 'Ein Seil an der Wand.'],
      ['See', 'Die Armee auf dem Platz.'],
      ['See', 'Eine Allee im Herbst.'],
      ['Hund', 'Ein Seehund auf der Sandbank.'],
      ['Hund', 'Hundert Menschen auf dem Platz.'],
      ['Hund', 'Eine Hundeleine an der Wand.'],
      ['Schäferhund', 'Ein Hund mit dem Ball.'],
      ['Turm', 'Ein Sturm auf dem Meer.'],
      ['Wein', 'Ein Schwein im Stall.'],
      ['Raum', 'Ein Traum von einem Garten.'],
      ['Eis', 'Ein Kreis aus Kreide.'],
      ['Eis', 'Eine Schale mit Reis.'],
      ['Ort', 'Das Wort auf dem Schild.'],
      ['Ort', 'Ein Sportler mit dem Ball.'],
      ['Rose', 'Der Matrose auf dem Deck.'],
      ['Rad', 'Ein Kamerad mit dem Hut.'],
      ['Tor', 'Ein Motor auf dem Tisch.'],
      ['Tor', 'Der Traktor auf dem Feld.'],
      ['Uhr', 'Die Ruhr am Morgen.'],
      ['Arm', 'Ein Schwarm von Vögeln.'],
      ['Ohr', 'Ein Rohr aus Stahl.'],
      ['Ast', 'Ein Palast am Fluss.'],
      ['Ast', 'Ein Gast im Hotel.'],
      ['Ente', 'Ein Student mit dem Buch.'],
      ['Esel', 'Ein Kessel auf dem Herd.'],
      ['Esel', 'Ein Sessel am Fenster.'],
      ['Igel', 'Der Spiegel an der Wand.'],
      ['Hase', 'Eine Phase des Mondes.'],
      ['Zug', 'Ein Mann im Anzug.'],
      ['Zug', 'Der Aufzug im Hotel.'],
      ['Tisch', 'Der Nachtisch mit den Beeren.'],
      ['Berg', 'Die Herberge am Weg.'],
      ['Wand', 'Eine Figur im Gewand.'],
      ['Ring', 'Ein Hering auf dem Teller.'],
      ['Katze', 'Eine Meerkatze auf dem Ast.'],
      ['Schwein', 'Ein Meerschweinchen im Stroh.'],
      ['Zahn', 'Ein Löwenzahn auf der Wiese.'],
      ['Land', 'Roland auf dem Markt.'],
      ['laufen', 'Ein Lautsprecher auf der Bühne.'],
      ['leben', 'Ein Lebkuchen auf dem Teller.'],
      ['binden', 'Eine Band auf der Bühne.'],
      ['stehen', 'Ein Stand auf dem Markt.'],
      ['fliegen', 'Der Flieder im Garten.'],
      ['Mauer', 'Eine Maurerkelle auf dem Tisch.'],
      ['"Hund"', 'Ein Schäferhund liegt im Schatten.'],
      ['=laufen', 'Der Hund läuft über die Wiese.'],
    ],
  );

  test('a word itself stands before its compounds and other forms', () => {
    const shelf = createShelf();
    shelf.add('dog', { caption: 'Ein Hund am Strand.' });
    shelf.add('shepherd', { caption: 'Ein Schäferhund am Strand.' });
    shelf.add('run', { caption: 'Zwei Kinder laufen am Strand.' });
    shelf.add('ran', { caption: 'Zwei Kinder liefen am Strand.' });
    expect([shelf.find('hund'), shelf.find('laufen')]).toEqual([
      ['dog', 'shepherd'],
      ['run', 'ran'],
    ]);
    const why = (query: string) =>
      shelf.search(query).items.flatMap(({ matches }) => matches.map(({ by, found }) => `${by} ${found}`));
    expect(why('hund')).toEqual(['word Hund', 'narrower Schäferhund']);
    expect(why('laufen')).toEqual(['word laufen', 'form liefen']);
  });

  test('the first part of a compound may be a word that only the library has', () => {
    const shelf = createShelf();
    shelf.add('lake', { caption: 'Der Tegernsee im Winter.' });
    expect(shelf.find('see')).toEqual([]);
    shelf.add('town', { keywords: ['Tegern'] });
    expect(shelf.find('see')).toEqual(['lake']);
  });

  test('a word in a negation is meant as it is', () => {
    const shelf = createShelf();
    shelf.add('shepherd', { caption: 'Ein Schäferhund am Strand.' });
    expect(shelf.find('strand -hund')).toEqual(['shepherd']);
  });
});
