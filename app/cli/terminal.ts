import { styleText } from 'node:util';
import type { WriteStream } from 'node:tty';
import { LiveLine } from './live-line.ts';
import { formatProgress, type Progress } from './progress-bar.ts';
import { toJsonLine, wrap } from './printable.ts';

export type Style = Parameters<typeof styleText>[0];

/** How often a progress line is printed where none can stay at the bottom. */
const plainProgressMs = 10_000;
const widestText = 100;

/**
 * Where a command's words go. Results go to stdout; with `--json` stdout has JSON only. Everything else (progress,
 * notes, errors) goes to stderr. Whoever passes text from outside has made it printable before.
 */
export class Terminal {
  readonly isJson: boolean;
  readonly #live: LiveLine | undefined;
  #lastPlainMs = performance.now();

  constructor(options: { isJson: boolean }) {
    this.isJson = options.isJson;
    const isLive = process.stderr.isTTY && process.env['TERM'] !== 'dumb';
    this.#live = isLive ? new LiveLine(process.stderr) : undefined;
  }

  /** A person sits there and can be asked. */
  get isInteractive(): boolean {
    return !this.isJson && process.stdin.isTTY && process.stderr.isTTY;
  }

  /** Columns for running text. */
  get width(): number {
    return Math.min(widestText, this.#columns);
  }

  /** A line of the result. Nothing with `--json`. */
  print(line = ''): void {
    if (!this.isJson) this.#write(process.stdout, `${line}\n`);
  }

  /** Somebody watches the result, and would rather see it as it comes. */
  get showsAsItComes(): boolean {
    return !this.isJson && process.stdout.isTTY;
  }

  /** A piece of the result that is still coming, printable by now. */
  printPiece(piece: string): void {
    if (!this.isJson) this.#write(process.stdout, piece);
  }

  /** Running text, broken between words. */
  printText(text: string, options: { indent?: number; style?: Style } = {}): void {
    const indent = ' '.repeat(options.indent ?? 0);
    for (const line of this.wrap(text, indent.length)) {
      this.print(indent + (options.style === undefined ? line : this.style(options.style, line)));
    }
  }

  /** Lines that fit beside an indent of so many columns. */
  wrap(text: string, indent = 0): string[] {
    return wrap(text, this.width - indent);
  }

  /** A JSON document on one line. Nothing without `--json`. */
  printJson(value: unknown): void {
    if (this.isJson) this.#write(process.stdout, `${toJsonLine(value)}\n`);
  }

  /** For the person, not part of the result. */
  note(text = ''): void {
    const lines = wrap(text, this.width);
    this.#write(process.stderr, lines.length === 0 ? '\n' : lines.map((line) => `${line}\n`).join(''));
  }

  /** As it is, on a line of its own: a command that somebody may copy. */
  noteVerbatim(text: string): void {
    this.#write(process.stderr, `${text}\n`);
  }

  /** Coloured where stdout is a terminal that wants colours; `NO_COLOR` and `TERM=dumb` are respected. */
  style(style: Style, text: string): string {
    return styleText(style, text, { stream: process.stdout });
  }

  /** Shows how far it is: at the bottom of a terminal, else as a line on stderr now and then. */
  showProgress(progress: Progress): void {
    if (this.#live !== undefined) {
      this.#live.show(formatProgress(progress, this.#live.width));
      return;
    }
    const now = performance.now();
    if (now - this.#lastPlainMs < plainProgressMs) return;
    this.#lastPlainMs = now;
    process.stderr.write(`${formatProgress(progress, 200, { isPlain: true })}\n`);
  }

  hideProgress(): void {
    this.#live?.hide();
  }

  /** Asks until yes or no is said; no is the default, and what the end of the input means. */
  async confirm(question: string): Promise<boolean> {
    const { createInterface } = await import('node:readline/promises');
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl-C at the question means the same as anywhere else.
    lines.on('SIGINT', () => {
      process.stderr.write('\n');
      process.emit('SIGINT', 'SIGINT');
    });
    const ended = new Promise<string>((resolve) => lines.on('close', () => resolve('')));
    try {
      const answer = await Promise.race([lines.question(`${question} [y/N] `), ended]);
      return /^(?:y|yes)$/i.test(answer.trim());
    } finally {
      lines.close();
    }
  }

  /** A line that is not shown while it is typed or pasted; empty at the end of the input. */
  async askSecret(question: string): Promise<string> {
    const { createInterface } = await import('node:readline/promises');
    const { Writable } = await import('node:stream');
    process.stderr.write(question);
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0 });
    lines.on('SIGINT', () => process.emit('SIGINT', 'SIGINT'));
    const ended = new Promise<string>((resolve) => lines.on('close', () => resolve('')));
    try {
      const answer = await Promise.race([lines.question(''), ended]);
      return answer.trim();
    } finally {
      lines.close();
      process.stderr.write('\n');
    }
  }

  get #columns(): number {
    const stream: WriteStream | undefined = [process.stdout, process.stderr].find(({ isTTY }) => isTTY);
    return Math.max(20, stream?.columns ?? Number(process.env['COLUMNS'] ?? '80'));
  }

  #write(stream: NodeJS.WriteStream, text: string): void {
    if (this.#live === undefined || !stream.isTTY) stream.write(text);
    else this.#live.above(() => stream.write(text));
  }
}

/** Resolves when everything written to stdout is out, or nobody reads it any more. */
export function flushStdout(): Promise<void> {
  return new Promise((resolve) => {
    if (!process.stdout.writable) resolve();
    else process.stdout.write('', () => resolve());
  });
}
