import type { AssetId } from '../contract/ids.ts';
import type { DayRange, Hemisphere, Season } from './calendar.ts';
import type { Feast } from './date-vocabulary.ts';
import type { ChoiceField, OrderedField, TextField } from './query-fields.ts';

/** Where something stands in the text that was typed, in UTF-16 units: what a chip covers. */
export type SourceRange = { readonly start: number; readonly end: number };

/** A time that comes back every year: `winter`, `christmas`. */
export type Yearly =
  | { readonly is: 'season'; readonly season: Season; readonly hemisphere: Hemisphere }
  | { readonly is: 'feast'; readonly feast: Feast };

/** A word or phrase to be found, anywhere or in one field. */
export type TextNode = {
  readonly kind: 'text';
  /** `null`: anywhere. */
  readonly field: TextField | null;
  /** As typed. `img_0412` is a phrase of two words in the index. */
  readonly text: string;
  /** `phrase`: as it stands, without other word forms. `prefix`: the last word is a beginning. */
  readonly match: 'word' | 'phrase' | 'prefix';
  /** It is also a time of every year. */
  readonly yearly?: Yearly;
  readonly range: SourceRange;
};

/** `is:undescribed`, `format:jpeg`, `path:2019/italy`: one value of a field. */
export type ChoiceNode = {
  readonly kind: 'choice';
  readonly field: ChoiceField;
  readonly value: string;
  readonly range: SourceRange;
};

/** `rating:>=3`, `date:2019-05`. Values as text: plain decimals, or `2019`, `2019-05`, `2019-05-17`. */
export type CompareNode = {
  readonly kind: 'compare';
  readonly field: OrderedField;
  readonly operator: '=' | '<' | '<=' | '>' | '>=';
  readonly value: string;
  readonly range: SourceRange;
};

/** `iso:100..400`, both ends included; `null` is open, and never both are. */
export type BetweenNode = {
  readonly kind: 'between';
  readonly field: OrderedField;
  readonly from: string | null;
  readonly to: string | null;
  readonly range: SourceRange;
};

/** Words that name days: `last summer`, `May 2019`. Finds what was taken then, or has all the words. */
export type WhenNode = {
  readonly kind: 'when';
  /** As typed, with one space between words. */
  readonly text: string;
  readonly ranges: readonly DayRange[];
  readonly range: SourceRange;
};

/** What `similar:` was found to mean: its photos, by id. Never typed, and never in a query that is kept. */
export type IdsNode = {
  readonly kind: 'ids';
  readonly ids: readonly AssetId[];
  readonly from: ChoiceNode;
  readonly range: SourceRange;
};

export type LeafNode = TextNode | ChoiceNode | CompareNode | BetweenNode | WhenNode | IdsNode;

/** Normal form: no group in a group of its kind, no group of one, no negation of a negation. */
export type QueryNode =
  | LeafNode
  | { readonly kind: 'and'; readonly nodes: readonly QueryNode[]; readonly range: SourceRange }
  | { readonly kind: 'or'; readonly nodes: readonly QueryNode[]; readonly range: SourceRange }
  | { readonly kind: 'not'; readonly node: QueryNode; readonly range: SourceRange };

/** What the parser forgave, in words that help to type it right. */
export type QueryNote = {
  readonly code: 'unknown-field' | 'bad-value' | 'empty-value' | 'too-short' | 'too-deep' | 'too-long';
  readonly message: string;
  readonly range: SourceRange;
};

/** A parsed search. Plain data: it can be stored and sent. */
export type Query = {
  /** As typed. */
  readonly text: string;
  /** `null` finds everything. */
  readonly node: QueryNode | null;
  readonly notes: readonly QueryNote[];
};

/** The two ends of everything in a list that has at least one. */
export function spanOf(nodes: readonly QueryNode[]): SourceRange {
  return {
    start: Math.min(...nodes.map((node) => node.range.start)),
    end: Math.max(...nodes.map((node) => node.range.end)),
  };
}

/** A group in normal form; `null` when nothing is in it. */
export function group(kind: 'and' | 'or', nodes: readonly QueryNode[]): QueryNode | null {
  const flat = nodes.flatMap((node) => (node.kind === kind ? node.nodes : [node]));
  const [first] = flat;
  if (first === undefined) return null;
  return flat.length === 1 ? first : { kind, nodes: flat, range: spanOf(nodes) };
}

/** The opposite, in normal form. */
export function negate(node: QueryNode, range: SourceRange): QueryNode {
  return node.kind === 'not' ? node.node : { kind: 'not', node, range };
}

/** The leaves that must or may match, without those under a negation. */
export function positiveLeaves(node: QueryNode | null): LeafNode[] {
  if (node === null || node.kind === 'not') return [];
  if (node.kind === 'and' || node.kind === 'or') return node.nodes.flatMap(positiveLeaves);
  return [node];
}

/** The photos that `similar:` asks for, the most alike first; `undefined` where it is not asked for, or only as one of two ways. */
export function likenessOf(node: QueryNode | null): readonly AssetId[] | undefined {
  const nodes = node?.kind === 'and' ? node.nodes : [node];
  return nodes.find((inner) => inner?.kind === 'ids')?.ids;
}
