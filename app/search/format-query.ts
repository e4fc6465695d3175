import type { LeafNode, Query, QueryNode } from './query.ts';

/** The query as one would type it best: same meaning, one spelling. `parseQuery` reads it back as the same tree. */
export function formatQuery(query: Pick<Query, 'node'>): string {
  const { node } = query;
  if (node === null) return '';
  return node.kind === 'and' || node.kind === 'or'
    ? formatGroup(node.kind, node.nodes)
    : formatNode(node, true);
}

function formatGroup(kind: 'and' | 'or', nodes: readonly QueryNode[]): string {
  return nodes.map((node) => formatNode(node, kind === 'and')).join(kind === 'and' ? ' ' : ' OR ');
}

function formatNode(node: QueryNode, isInSequence: boolean): string {
  switch (node.kind) {
    case 'and':
    case 'or':
      return `(${formatGroup(node.kind, node.nodes)})`;
    case 'not':
      return `-${formatNode(node.node, false)}`;
    default:
      return formatLeaf(node, isInSequence);
  }
}

/** @param isInSequence stands among words that must all match: words that belong together need no parentheses */
function formatLeaf(leaf: LeafNode, isInSequence: boolean): string {
  switch (leaf.kind) {
    case 'when':
      return leaf.text.includes(' ') && !isInSequence ? `(${leaf.text})` : leaf.text;
    case 'text':
      return `${leaf.field === null ? '' : `${leaf.field}:`}${formatText(leaf.text, leaf.match)}`;
    case 'choice':
      return `${leaf.field}:${/[\s()]/.test(leaf.value) ? `"${leaf.value}"` : leaf.value}`;
    case 'compare':
      return `${leaf.field}:${leaf.operator === '=' ? '' : leaf.operator}${leaf.value}`;
    case 'ids':
      return formatLeaf(leaf.from, isInSequence);
    case 'between':
      return `${leaf.field}:${leaf.from ?? ''}..${leaf.to ?? ''}`;
  }
}

function formatText(text: string, match: 'word' | 'phrase' | 'prefix'): string {
  if (match === 'phrase') return `"${text}"`;
  return match === 'prefix' ? `${text}*` : text;
}
