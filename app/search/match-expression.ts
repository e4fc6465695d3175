import { textFields } from './query-fields.ts';
import { group, type QueryNode, type TextNode, type WhenNode } from './query.ts';
import { rangeTokens } from './day-tokens.ts';
import type { OtherWord } from './other-words.ts';
import { formsOf } from './word-forms.ts';
import { canBePrefix, foldedWords, isSpaceless, typedWords } from './words.ts';

/** What FTS5 can say of a part of a query: it finds what the part wants, or what the part does not want. */
export type Match = { readonly finds: 'wanted' | 'unwanted'; readonly expression: string };

/** What stands for a typed word. */
export type OtherWords = ReadonlyMap<TextNode, readonly OtherWord[]>;

/** What is known of the index before it is asked. */
export type Matching = {
  readonly others: OtherWords;
  /** Whether a form of a word occurs: each that does not would cost time for every photo that is ranked. */
  readonly hasForm: (form: string) => boolean;
  /** The words of the index that begin so; `undefined` where they are many, or nobody has looked. */
  readonly wordsFrom: (beginning: string) => readonly string[] | undefined;
};

const plainMatching: Matching = { others: new Map(), hasForm: () => true, wordsFrom: () => undefined };

/**
 * A part as one FTS5 expression; `undefined` when it holds a filter that is no text.
 *
 * @param matching other words are found too; not under a negation
 */
export function toMatch(node: QueryNode, matching: Matching = plainMatching): Match | undefined {
  switch (node.kind) {
    case 'text':
      return { finds: 'wanted', expression: textExpression(node, matching) };
    case 'when':
      return { finds: 'wanted', expression: whenExpression(node) };
    case 'not': {
      const inner = toMatch(node.node, { ...matching, others: plainMatching.others });
      return (
        inner && { finds: inner.finds === 'wanted' ? 'unwanted' : 'wanted', expression: inner.expression }
      );
    }
    case 'and':
    case 'or': {
      const matches = node.nodes.map((inner) => toMatch(inner, matching));
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

function textExpression(node: TextNode, matching: Matching): string {
  const { others, hasForm } = matching;
  const own = wordsExpression(node, matching);
  const expression = join('OR', [own, ...otherExpressions(others.get(node) ?? [], hasForm)]);
  return node.field === null ? expression : `${textFields[node.field]} : (${expression})`;
}

/** What cameras and lenses are called means neither a thing nor a kind of it: no car is an "Auto" lens. */
const withoutNames = `- {${textFields.camera} ${textFields.lens}}`;

function otherExpressions(others: readonly OtherWord[], hasForm: Matching['hasForm']): string[] {
  const spelled: string[] = [];
  const meant: string[] = [];
  for (const other of others) {
    if (other.by === 'date') {
      spelled.push(
        ...other.ranges
          .flatMap(rangeTokens)
          .filter(hasForm)
          .map((token) => quoted([token])),
      );
    } else if (other.isPlace === true) {
      spelled.push(`${textFields.place} : ${quoted(foldedWords(other.word))}`);
    } else {
      const forms =
        other.isExact === true
          ? [foldedWords(other.word)]
          : formsOf(other.word, other.word)
              .filter(hasForm)
              .map((form) => [form]);
      (other.by === 'spelling' ? spelled : meant).push(...forms.map(quoted));
    }
  }
  return [...spelled, ...(meant.length === 0 ? [] : [`${withoutNames} : (${meant.join(' OR ')})`])];
}

function wordsExpression({ text, match }: TextNode, { hasForm, wordsFrom }: Matching): string {
  const words = typedWords(text);
  const last = words.at(-1);
  if (last === undefined) return '""';
  if (match === 'prefix' && !isSpaceless(last)) {
    // "img_0" on the way to "img_0412": one letter or digit says nothing yet.
    if (canBePrefix(last)) return beginningExpression(words, last, wordsFrom);
    return quoted(words.length > 1 ? words.slice(0, -1) : words);
  }
  if (match !== 'word' || words.length > 1) return quoted(words);
  const forms = formsOf(text, last).filter((form) => form === last || hasForm(form));
  return join(
    'OR',
    forms.map((form) => quoted([form])),
  );
}

/**
 * What the last of some words stands for. For a beginning, FTS5 joins the lists of all words at each look, from end to end,
 * unless it is so short that it has a list of its own; the words themselves it reads from where it is asked to.
 */
function beginningExpression(
  words: readonly string[],
  last: string,
  wordsFrom: Matching['wordsFrom'],
): string {
  const whole = lettersOf(last) > keptBeginning ? wordsFrom(last) : undefined;
  if (whole === undefined || whole.length === 0) return `${quoted(words)} *`;
  return join(
    'OR',
    whole.map((word) => quoted([...words.slice(0, -1), word])),
  );
}

function whenExpression({ text, ranges }: WhenNode): string {
  const words = typedWords(text).map((word) => quoted([word]));
  const days = ranges.flatMap(rangeTokens).map((token) => quoted([token]));
  return join('OR', [join('AND', words), ...days]);
}

/** Always quoted: then nothing in it is an operator. `splitWords` gives neither quotes nor separators. */
function quoted(words: readonly string[]): string {
  return `"${words.join(' ')}"`;
}

/** Beginnings of so many letters have lists of their own in the index. */
export const keptBeginning = 3;

function lettersOf(word: string): number {
  return (word.match(/./gu) ?? []).length;
}

/** Letters of the longest word that stands for all that begin so; 0 where there is none. */
export function longestBeginning(node: QueryNode | null): number {
  switch (node?.kind) {
    case 'and':
    case 'or':
      return Math.max(0, ...node.nodes.map(longestBeginning));
    case 'not':
      return longestBeginning(node.node);
    case 'text': {
      const last = node.match === 'prefix' ? typedWords(node.text).at(-1) : undefined;
      return last === undefined || isSpaceless(last) || !canBePrefix(last) ? 0 : lettersOf(last);
    }
    default:
      return 0;
  }
}

/**
 * The words of a query side by side, as a phrase: what has them so is the better match. One word as it was typed, where other
 * forms of it are found too: `port` comes before `porte`.
 */
export function toPhrase(node: QueryNode, hasForm: Matching['hasForm']): string | undefined {
  const nodes = node.kind === 'and' ? node.nodes : [node];
  const plain = nodes.filter((inner): inner is TextNode => inner.kind === 'text' && inner.field === null);
  const words = plain.flatMap((inner) => (inner.match === 'phrase' ? [] : typedWords(inner.text)));
  if (words.length > 1) return quoted(words);
  const [leaf] = plain;
  const [word] = words;
  if (leaf?.match !== 'word' || word === undefined) return undefined;
  return formsOf(leaf.text, word).some((form) => form !== word && hasForm(form)) ? quoted([word]) : undefined;
}

/** The query in two: text for the full-text index, everything else for the tables. Both must match. */
export function splitQuery(node: QueryNode | null): {
  text: QueryNode | null;
  others: readonly QueryNode[];
} {
  if (node === null) return { text: null, others: [] };
  const nodes = node.kind === 'and' ? node.nodes : [node];
  return {
    text: group(
      'and',
      nodes.filter((inner) => toMatch(inner) !== undefined),
    ),
    others: nodes.filter((inner) => toMatch(inner) === undefined),
  };
}
