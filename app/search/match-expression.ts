import { textFields } from './query-fields.ts';
import { group, type QueryNode, type TextNode } from './query.ts';
import { stemWord } from './stem.ts';
import { canBePrefix, foldedWords, isSpaceless, stemMark } from './words.ts';

/** What FTS5 can say of a part of a query: it finds what the part wants, or what the part does not want. */
export type Match = { readonly finds: 'wanted' | 'unwanted'; readonly expression: string };

/** A part as one FTS5 expression; `undefined` when it holds a filter that is no text. */
export function toMatch(node: QueryNode): Match | undefined {
  switch (node.kind) {
    case 'text': {
      return { finds: 'wanted', expression: textExpression(node) };
    }
    case 'not': {
      const inner = toMatch(node.node);
      return (
        inner && { finds: inner.finds === 'wanted' ? 'unwanted' : 'wanted', expression: inner.expression }
      );
    }
    case 'and':
    case 'or': {
      const matches = node.nodes.map(toMatch);
      return matches.every((match) => match !== undefined) ? combine(node.kind, matches) : undefined;
    }
    default:
      return undefined;
  }
}

/** FTS5 has no negation by itself, only `a NOT b`; the rest by De Morgan. */
function combine(kind: 'and' | 'or', matches: readonly Match[]): Match {
  const wanted = matches.filter((match) => match.finds === 'wanted').map((match) => match.expression);
  const unwanted = matches.filter((match) => match.finds === 'unwanted').map((match) => match.expression);
  if (kind === 'and') {
    if (wanted.length === 0) return { finds: 'unwanted', expression: join('OR', unwanted) };
    return { finds: 'wanted', expression: without(join('AND', wanted), join('OR', unwanted)) };
  }
  if (unwanted.length === 0) return { finds: 'wanted', expression: join('OR', wanted) };
  return { finds: 'unwanted', expression: without(join('AND', unwanted), join('OR', wanted)) };
}

function join(operator: 'AND' | 'OR', expressions: readonly string[]): string {
  return expressions.length === 1
    ? expressions.join('')
    : expressions.map((part) => `(${part})`).join(` ${operator} `);
}

function without(expression: string, unwanted: string): string {
  return unwanted === '' ? expression : `(${expression}) NOT (${unwanted})`;
}

function textExpression(node: TextNode): string {
  const expression = wordsExpression(node);
  return node.field === null ? expression : `${textFields[node.field]} : (${expression})`;
}

function wordsExpression({ text, match }: TextNode): string {
  const words = foldedWords(text);
  const last = words.at(-1);
  if (last === undefined) return '""';
  if (match === 'prefix' && !isSpaceless(last)) {
    // "img_0" on the way to "img_0412": one letter or digit says nothing yet.
    if (canBePrefix(last)) return `${quoted(words)} *`;
    return quoted(words.length > 1 ? words.slice(0, -1) : words);
  }
  return match === 'word' && words.length === 1
    ? join(
        'OR',
        formsOf(last).map((form) => quoted([form])),
      )
    : quoted(words);
}

/** A word in all its English forms: as it is, as the stem that others have, and where the stem itself is a word. */
function formsOf(word: string): string[] {
  const stem = stemWord(word);
  return stem === word && !/^[a-z]{3,}$/.test(word) ? [word] : [...new Set([word, stem, stem + stemMark])];
}

/** Always quoted: then nothing in it is an operator. `splitWords` gives neither quotes nor separators. */
function quoted(words: readonly string[]): string {
  return `"${words.join(' ')}"`;
}

/** The words of a query side by side, as a phrase: what has them so is the better match. `undefined` for one word. */
export function toPhrase(node: QueryNode): string | undefined {
  const nodes = node.kind === 'and' ? node.nodes : [node];
  const plain = nodes.filter((inner): inner is TextNode => inner.kind === 'text' && inner.field === null);
  const words = plain.flatMap((inner) => (inner.match === 'phrase' ? [] : foldedWords(inner.text)));
  return words.length > 1 ? quoted(words) : undefined;
}

/** The query in two: text for the full-text index, everything else for the tables. Both must match. */
export function splitQuery(node: QueryNode | null): {
  text: Match | undefined;
  others: readonly QueryNode[];
} {
  if (node === null) return { text: undefined, others: [] };
  const nodes = node.kind === 'and' ? node.nodes : [node];
  const text = group(
    'and',
    nodes.filter((inner) => toMatch(inner) !== undefined),
  );
  return {
    text: text === null ? undefined : toMatch(text),
    others: nodes.filter((inner) => toMatch(inner) === undefined),
  };
}
