import { hemisphereOf, localDay, type Hemisphere } from './calendar.ts';
import { splitJapaneseDate } from './japanese-dates.ts';
import { readDateWords, readYearly, type DateContext } from './date-words.ts';
import { foldedWords } from './words.ts';
import { group, spanOf, type QueryNode, type TextNode, type WhenNode } from './query.ts';

let hemisphere: Hemisphere | undefined;

/** Today, here. The time zone is asked for once: that takes longer than a search. */
export function dateContextAt(nowMs: number): DateContext {
  hemisphere ??= hemisphereOf(Intl.DateTimeFormat().resolvedOptions().timeZone);
  return { today: localDay(nowMs), hemisphere };
}

/**
 * Plain words that name a date become one node (`last summer`, `May 2019`). It finds what was taken then, and still what
 * has those words: nobody loses a photo that is captioned “Summer 2019”. Quoted words stay words.
 */
export function withDates(node: QueryNode, context: DateContext): QueryNode {
  switch (node.kind) {
    case 'and':
      // Its first node is there.
      return group('and', datesIn(node.nodes, context)) ?? node;
    case 'or':
      return (
        group(
          'or',
          node.nodes.map((inner) => withDates(inner, context)),
        ) ?? node
      );
    case 'not':
      return { ...node, node: withDates(node.node, context) };
    default:
      return isPlain(node) ? (group('and', datesIn([node], context)) ?? node) : node;
  }
}

function datesIn(typed: readonly QueryNode[], context: DateContext): QueryNode[] {
  const nodes = typed.flatMap((node): readonly QueryNode[] =>
    isPlain(node) ? partsOf(node, context) : [node],
  );
  const result: QueryNode[] = [];
  for (let at = 0; at < nodes.length;) {
    const node = nodes[at];
    if (node === undefined) break;
    const found = isPlain(node) ? dateOf(plainRun(nodes, at), context) : undefined;
    result.push(
      found === undefined
        ? isPlain(node)
          ? withYearly(node, context)
          : withDates(node, context)
        : found.node,
    );
    at += found?.length ?? 1;
  }
  return result;
}

/** A date that is written together with what was then, and that: `2002年8月` and `犬` of `2002年8月の犬`. */
function partsOf(node: TextNode, { today }: DateContext): TextNode[] {
  const split = splitJapaneseDate(node.text, today);
  if (split === undefined) return [node];
  const { start, end } = node.range;
  const date: TextNode = {
    ...node,
    text: node.text.slice(0, split.end),
    match: 'word',
    range: { start, end: start + split.end },
  };
  const text = node.text.slice(split.restStart);
  if (foldedWords(text).length === 0) return [{ ...date, range: { start, end } }];
  return [date, { ...node, text, range: { start: start + split.restStart, end } }];
}

function withYearly(node: TextNode, context: DateContext): TextNode {
  const yearly = readYearly(node.text, context);
  return yearly === undefined ? node : { ...node, yearly };
}

function plainRun(nodes: readonly QueryNode[], start: number): TextNode[] {
  const run: TextNode[] = [];
  for (const node of nodes.slice(start)) {
    if (!isPlain(node)) break;
    run.push(node);
  }
  return run;
}

/** A typed word, anywhere; the last one may be a beginning that is still being typed. */
function isPlain(node: QueryNode): node is TextNode {
  return node.kind === 'text' && node.field === null && node.match !== 'phrase';
}

function dateOf(
  run: readonly TextNode[],
  context: DateContext,
): { node: WhenNode; length: number } | undefined {
  const found = readDateWords(
    run.map(({ text }) => text),
    context,
  );
  if (found === undefined) return undefined;
  const used = run.slice(0, found.length);
  return {
    node: {
      kind: 'when',
      text: used.map(({ text }) => text).join(' '),
      ranges: found.ranges,
      range: spanOf(used),
    },
    length: found.length,
  };
}
