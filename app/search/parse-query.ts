import type { DateContext } from './date-words.ts';
import { editDistance } from './edit-distance.ts';
import { parseComparison } from './parse-values.ts';
import {
  findField,
  isChoiceField,
  isTextField,
  listChoices,
  toChoice,
  type Field,
  type TextField,
} from './query-fields.ts';
import { group, negate, type Query, type QueryNode, type QueryNote, type SourceRange } from './query.ts';
import { dateContextAt, withDates } from './query-dates.ts';
import { canBePrefix, foldedWords } from './words.ts';

export type ParseOptions = {
  /** The last word is still being typed: it stands for all words that begin so. @default false */
  readonly asYouType?: boolean;
  /** What `last summer` is read against. @default today, here */
  readonly dates?: DateContext;
};

/** What no person types. Beyond it the rest is left out, with a note. */
const limits = {
  characters: 65_536,
  leaves: 100,
  depth: 8,
  parentheses: 64,
  textLength: 200,
  pathLength: 4_096,
} as const;

const space = /\s/u;
const quote = /["“”„‟«»]/;
const endOfWord = /[\s()"“”„‟«»]/u;
/** Upper case only: "salt and pepper" are three words. */
const joiners = ['AND', 'OR', '|', '||', '&&'];
const operators = new Set([...joiners, 'NOT']);

/**
 * Reads a search as people type it, and never throws: what makes no sense is left out or taken as words, and `notes` says so.
 *
 *     query  = any*                  words side by side must all match
 *     any    = all ("OR" all)*       so `dog OR cat beach` wants a beach
 *     all    = term ("AND" term)*    and whoever writes AND gets it before OR
 *     term   = ("-" | "NOT")* ( "(" query ")" | '"' phrase '"' | word | word"*" | "="word | field ":" value | field ":(" query ")" )
 *
 * Words side by side that name a date become one node (`query-dates.ts`).
 */
export function parseQuery(text: string, options: ParseOptions = {}): Query {
  const parser = new Parser(text, options.asYouType ?? false);
  const parsed = parser.parseAll();
  const dated = parsed === null ? null : withDates(parsed, options.dates ?? dateContextAt(Date.now()));
  const node = dated === null ? null : prune(dated, limits.depth);
  const notes = [...parser.notes];
  if (dated !== null && node !== dated) {
    notes.push({
      code: 'too-deep',
      message: 'too many parentheses; the innermost were left out',
      range: dated.range,
    });
  }
  return { text, node, notes };
}

/** Where the reading stands. One object per text, used once. */
class Parser {
  readonly notes: QueryNote[] = [];
  readonly #text: string;
  readonly #asYouType: boolean;
  #at = 0;
  #leaves = 0;

  constructor(text: string, asYouType: boolean) {
    this.#text = text.slice(0, limits.characters);
    this.#asYouType = asYouType;
    if (text.length > limits.characters) this.#noteTooLong({ start: limits.characters, end: text.length });
  }

  parseAll(): QueryNode | null {
    return this.#sequence(null, 0);
  }

  #sequence(field: Field | null, level: number): QueryNode | null {
    const nodes: QueryNode[] = [];
    for (;;) {
      this.#skipSpace();
      if (this.#at >= this.#text.length) break;
      if (this.#text[this.#at] === ')') {
        if (level > 0) break;
        this.#at += 1; // one too many
        continue;
      }
      const node = this.#any(field, level);
      if (node !== null) nodes.push(node);
    }
    return group('and', nodes);
  }

  #any(field: Field | null, level: number): QueryNode | null {
    const nodes = [this.#all(field, level)];
    while (this.#takeOperator(['OR', '|', '||'])) nodes.push(this.#all(field, level));
    return group(
      'or',
      nodes.filter((node) => node !== null),
    );
  }

  #all(field: Field | null, level: number): QueryNode | null {
    const nodes = [this.#term(field, level)];
    while (this.#takeOperator(['AND', '&&'])) nodes.push(this.#term(field, level));
    return group(
      'and',
      nodes.filter((node) => node !== null),
    );
  }

  #term(field: Field | null, level: number): QueryNode | null {
    // Operators with nothing before them.
    while (this.#takeOperator(joiners));
    const start = this.#at;
    const isNegated = this.#takeNegations();
    const node = this.#primary(field, level);
    return node !== null && isNegated ? negate(node, { start, end: node.range.end }) : node;
  }

  /** True for an odd number of them. */
  #takeNegations(): boolean {
    let isNegated = false;
    for (;;) {
      const next = this.#text[this.#at + 1];
      if (this.#text[this.#at] === '-' && next !== undefined && !space.test(next)) this.#at += 1;
      else if (!this.#takeOperator(['NOT'])) return isNegated;
      isNegated = !isNegated;
      this.#skipSpace();
    }
  }

  #primary(field: Field | null, level: number): QueryNode | null {
    const character = this.#text[this.#at];
    if (character === undefined || character === ')') return null;
    if (character === '(') return this.#parentheses(field, level);
    const start = this.#at;
    if (quote.test(character)) {
      const phrase = this.#takePhrase();
      return this.#leaf(field, phrase, true, { start, end: this.#at });
    }
    if (field === null) {
      const named = this.#named(level);
      if (named !== undefined) return named;
    }
    const word = this.#takeWord();
    return operators.has(word) ? null : this.#leaf(field, word, false, { start, end: this.#at });
  }

  #parentheses(field: Field | null, level: number): QueryNode | null {
    this.#at += 1;
    if (level >= limits.parentheses) return null;
    const node = this.#sequence(field, level + 1);
    if (this.#text[this.#at] === ')') this.#at += 1;
    return node;
  }

  /** `field:value`; `undefined` when what stands here is no such thing. */
  #named(level: number): QueryNode | null | undefined {
    const start = this.#at;
    const name = /^[a-z]+(?=:)/i.exec(this.#text.slice(start, start + limits.textLength))?.[0];
    if (name === undefined) return undefined;
    const afterColon = start + name.length + 1;
    const next = this.#text[afterColon];
    const isEmpty = next === undefined || space.test(next) || next === ')';
    const field = findField(name);
    if (field === undefined) {
      // "Note:" ends a sentence, "https://…" is an address.
      if (isEmpty || this.#text.startsWith('//', afterColon) || operators.has(name)) return undefined;
      return this.#unknown(name, level);
    }
    this.#at = afterColon;
    if (isEmpty) {
      this.#note('empty-value', `nothing after ‘${name}:’`, { start, end: this.#at });
      return null;
    }
    if (next === '(') return this.#parentheses(field, level);
    const isPhrase = quote.test(next);
    const value = isPhrase ? this.#takePhrase() : this.#takeWord();
    return this.#leaf(field, value, isPhrase, { start, end: this.#at });
  }

  #unknown(name: string, level: number): QueryNode | null {
    const range = { start: this.#at, end: this.#at + name.length };
    this.#note('unknown-field', `unknown filter ‘${name}:’; searched as words`, range);
    this.#at = range.end + 1;
    const nodes = [this.#leaf(null, name, false, range), ...this.#unknownValue(level)];
    return group(
      'and',
      nodes.filter((node) => node !== null),
    );
  }

  /** No filter is looked for in here: it belongs to the unknown one. */
  #unknownValue(level: number): (QueryNode | null)[] {
    const start = this.#at;
    const character = this.#text.charAt(start);
    if (character === '(') return [this.#parentheses(null, level)];
    if (quote.test(character)) return [this.#leaf(null, this.#takePhrase(), true, { start, end: this.#at })];
    const words = this.#takeWord().matchAll(/[^:-][^:]*/g);
    return [...words].map(({ 0: word, index }) =>
      operators.has(word)
        ? null
        : this.#leaf(null, word, false, { start: start + index, end: start + index + word.length }),
    );
  }

  #leaf(field: Field | null, typed: string, isPhrase: boolean, range: SourceRange): QueryNode | null {
    if (this.#leaves >= limits.leaves) {
      this.#noteTooLong(range);
      return null;
    }
    const leaf =
      field === null || isTextField(field)
        ? this.#textLeaf(field, typed, isPhrase, range)
        : this.#valueLeaf(field, typed, range);
    if (leaf !== null) this.#leaves += 1;
    return leaf;
  }

  #textLeaf(field: TextField | null, typed: string, isPhrase: boolean, range: SourceRange): QueryNode | null {
    // “=bird” is this very word.
    if (!isPhrase && /^=[^=]/.test(typed)) {
      return this.#textLeaf(field, trimWord(typed.slice(1)), true, range);
    }
    const text = isPhrase ? shorten(typed) : trimWord(shorten(typed));
    const last = foldedWords(text).at(-1);
    if (last === undefined) return null;
    if (isPhrase) return { kind: 'text', field, text, match: 'phrase', range };
    const isBeginning = canBePrefix(last);
    if (typed.endsWith('*')) {
      if (!isBeginning) this.#note('too-short', `‘${typed}’ needs two letters before the star`, range);
      return { kind: 'text', field, text, match: isBeginning ? 'prefix' : 'word', range };
    }
    if (!this.#asYouType || range.end !== this.#text.length) {
      // “NOT:” and the like: an operator with nothing to it, whatever signs stand behind.
      if (field === null && operators.has(text)) return null;
      return { kind: 'text', field, text, match: 'word', range };
    }
    return isBeginning ? { kind: 'text', field, text, match: 'prefix', range } : null;
  }

  #valueLeaf(field: Exclude<Field, TextField>, typed: string, range: SourceRange): QueryNode | null {
    if (isChoiceField(field)) {
      const value = toChoice(
        field,
        (field === 'in' ? typed.slice(0, limits.pathLength) : shorten(typed.trim())).trim(),
      );
      if (value !== undefined) return { kind: 'choice', field, value, range };
    } else {
      const comparison = parseComparison(field, shorten(typed));
      if (comparison !== undefined) {
        return 'operator' in comparison
          ? { kind: 'compare', ...comparison, range }
          : { kind: 'between', ...comparison, range };
      }
    }
    this.#note(
      'bad-value',
      `‘${field}:’ does not know ‘${shorten(typed)}’; left out${knownValues(field, typed)}`,
      range,
    );
    return null;
  }

  #takePhrase(): string {
    const start = this.#at + 1;
    this.#at = start;
    while (this.#at < this.#text.length && !quote.test(this.#text.charAt(this.#at))) this.#at += 1;
    const phrase = this.#text.slice(start, this.#at);
    this.#at = Math.min(this.#at + 1, this.#text.length);
    return phrase;
  }

  #takeWord(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !endOfWord.test(this.#text.charAt(this.#at))) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }

  #takeOperator(names: readonly string[]): boolean {
    this.#skipSpace();
    const found = names.find((name) => {
      const next = this.#text[this.#at + name.length];
      return this.#text.startsWith(name, this.#at) && (next === undefined || endOfWord.test(next));
    });
    if (found !== undefined) this.#at += found.length;
    return found !== undefined;
  }

  #skipSpace(): void {
    while (this.#at < this.#text.length && space.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #noteTooLong(range: SourceRange): void {
    if (this.notes.some((note) => note.code === 'too-long')) return;
    this.#note('too-long', `more than ${String(limits.leaves)} words; the rest was left out`, range);
  }

  #note(code: QueryNote['code'], message: string, range: SourceRange): void {
    this.notes.push({ code, message, range });
  }
}

/** The tree without what lies deeper than `levels`; the same object when nothing does. */
function prune(node: QueryNode, levels: number): QueryNode | null {
  if (node.kind === 'not') {
    const inner = levels > 1 ? prune(node.node, levels - 1) : null;
    if (inner === node.node) return node;
    return inner === null ? null : negate(inner, node.range);
  }
  if (node.kind !== 'and' && node.kind !== 'or') return node;
  if (levels <= 1) return null;
  const nodes = node.nodes.map((inner) => prune(inner, levels - 1)).filter((inner) => inner !== null);
  const isSame =
    nodes.length === node.nodes.length && nodes.every((inner, index) => inner === node.nodes[index]);
  return isSame ? node : group(node.kind, nodes);
}

/** Without the star, and without the colon of "Note:". */
function trimWord(word: string): string {
  return word.replace(/[*:]+$/, '');
}

function shorten(text: string): string {
  return text.length <= limits.textLength ? text : text.slice(0, limits.textLength).toWellFormed();
}

/** The nearest value that there is, and all others. */
function knownValues(field: Field, typed: string): string {
  const known = listChoices(field);
  if (known === undefined) return '';
  const word = typed.trim().toLowerCase();
  const distances = known.map((value) => ({ value, steps: editDistance(word, value, 3) ?? 9 }));
  const [nearest] = distances.toSorted((one, other) => one.steps - other.steps);
  const meant =
    known.find((value) => word.length > 2 && (value.startsWith(word) || word.startsWith(value))) ??
    (nearest !== undefined && nearest.steps < 9 ? nearest.value : undefined);
  const hint = meant === undefined ? '' : `. Perhaps ${field}:${meant}?`;
  return `${hint}${hint === '' ? '.' : ''} There ${known.length === 1 ? 'is' : 'are'} ${known.map((value) => `${field}:${value}`).join(', ')}`;
}
