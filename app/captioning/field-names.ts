import { descriptionField, type AskedField } from '../contract/models/description.ts';

/**
 * Names under which models give a field: its own, others, and those in the language that they were asked to write in.
 * German, French, Spanish, Italian, Portuguese, Dutch. Without diacritics, in lower-case letters only.
 */
const otherNames: Readonly<Record<AskedField, readonly string[]>> = {
  title: ['titel', 'titre', 'titulo', 'titolo', 'headline', 'タイトル', '标题'],
  caption: [
    'description',
    'beschreibung',
    'bildbeschreibung',
    'bildunterschrift',
    'legende',
    'descripcion',
    'leyenda',
    'descrizione',
    'didascalia',
    'descricao',
    'legenda',
    'beschrijving',
    'bijschrift',
    '説明',
    'キャプション',
    '描述',
  ],
  altText: [
    'alt',
    'alternativetext',
    'alternativtext',
    'textealternatif',
    'textoalternativo',
    'testoalternativo',
    'alternatievetekst',
    '代替テキスト',
  ],
  keywords: [
    'tags',
    'keyword',
    'schlagworter',
    'schlagworte',
    'stichworter',
    'stichworte',
    'schlusselworter',
    'motscles',
    'palabrasclave',
    'parolechiave',
    'palavraschave',
    'trefwoorden',
    'キーワード',
    '关键词',
  ],
  recognizedText: [
    'visibletext',
    'ocr',
    'erkanntertext',
    'sichtbarertext',
    'textereconnu',
    'textoreconocido',
    'testoriconosciuto',
    'textoreconhecido',
    'herkendetekst',
  ],
  moments: ['momente', 'momentos', 'momenti', 'momenten', 'events', 'scenes', 'timeline', 'segments'],
  objects: ['objekte', 'objets', 'objetos', 'oggetti', 'objecten', 'オブジェクト'],
};

const fields: ReadonlyMap<string, AskedField> = new Map(
  [...descriptionField.options, 'moments' as const].flatMap((field) =>
    [field, ...otherNames[field]].map((name) => [toKey(name), field] as const),
  ),
);

/** The field that a model means by this name. */
export function findField(name: string): AskedField | undefined {
  return fields.get(toKey(name));
}

function toKey(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[^\p{L}]/gu, '')
    .toLowerCase();
}
