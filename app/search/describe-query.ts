import type { DayRange } from './calendar.ts';
import type { LeafNode, Query, QueryNode, SourceRange } from './query.ts';

/** A part of a query as people see it: a chip. */
export type QueryPart = SourceRange & {
  readonly kind: 'text' | 'filter' | 'date';
  readonly field: string | null;
  readonly isNegated: boolean;
  readonly days: readonly DayRange[];
};

/** The parts of a query in the order in which they were typed. */
export function listParts({ node }: Pick<Query, 'node'>): QueryPart[] {
  return node === null ? [] : partsOf(node, false).toSorted((one, other) => one.start - other.start);
}

function partsOf(node: QueryNode, isNegated: boolean): QueryPart[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.nodes.flatMap((inner) => partsOf(inner, isNegated));
    case 'not':
      // The chip covers the minus too.
      return partsOf(node.node, !isNegated).map((part, index) =>
        index === 0 ? { ...part, start: node.range.start } : part,
      );
    default:
      return [{ ...node.range, ...leafPart(node), isNegated }];
  }
}

function leafPart(leaf: LeafNode): Pick<QueryPart, 'kind' | 'field' | 'days'> {
  if (leaf.kind === 'when') return { kind: 'date', field: null, days: leaf.ranges };
  if (leaf.kind === 'text') {
    return { kind: leaf.field === null ? 'text' : 'filter', field: leaf.field, days: [] };
  }
  return { kind: 'filter', field: leaf.kind === 'ids' ? leaf.from.field : leaf.field, days: [] };
}
