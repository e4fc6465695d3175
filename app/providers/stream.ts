import { readCompletion } from './answer.ts';
import type { Completion } from './answer.ts';
import { filterResultsOf, mergeFilterResults, promptResultsOf } from './content-filter.ts';
import { answerSoFar } from './thinking.ts';
import { readResponse } from './responses-answer.ts';
import { listOf, objectOf, parseJson, textOf } from './wire.ts';
import type { JsonObject } from './wire.ts';

/**
 * Puts a streamed answer together from server-sent events. We read the events ourselves instead of through the client's
 * stream: that one throws away what was paid for on a broken event, and tells nobody when a stream ends too early
 * (LIBRARIES §3 b, c). Every oddity of AZURE §1.7 is tolerated; nothing that is pushed makes it throw.
 */
export class AnswerStream {
  /** True after `data: [DONE]`: nothing more is to be expected. */
  isDone = false;
  /** The `error` of an event that carries one in the middle of a stream. */
  error: unknown;

  readonly #onText: (text: string) => void;
  readonly #dataLines: string[] = [];
  #pending = '';
  #text = '';
  #refusal = '';
  #model: string | undefined;
  #finish: JsonObject | undefined;
  #usage: unknown;
  #promptResults: readonly unknown[] | undefined;
  #filterResults: JsonObject = {};
  #hasChoice = false;
  /** The Responses API's last event has the whole response in it. */
  #response: unknown;
  /** Characters of the answer, without thoughts, that were told already. */
  #told = 0;

  constructor(onText: (text: string) => void = () => undefined) {
    this.#onText = onText;
  }

  /** Takes the next piece of the body, decoded (a decoder in stream mode keeps split characters whole). */
  push(chunk: string): void {
    const lines = (this.#pending + chunk).split(/\r\n|\n|\r(?!$)/);
    this.#pending = lines.pop() ?? '';
    for (const line of lines) this.#readLine(line);
  }

  /** Call when the body has ended: the last line may lack its line end. */
  end(): void {
    this.#readLine(this.#pending.replace(/\r$/, ''));
    this.#pending = '';
  }

  /** The data lines as they came, to be stored before anything is parsed. */
  get raw(): string {
    return this.#dataLines.join('\n');
  }

  /**
   * The answer, once the service has said how it ended: by a finish reason or by `[DONE]`. Before that `undefined`, for a
   * cut stream looks just like a finished one otherwise.
   */
  toCompletion(): Completion | undefined {
    if (this.#response !== undefined) return readResponse(this.#response, this.#text);
    if (this.#finish === undefined && !(this.isDone && this.#hasChoice)) return undefined;
    return readCompletion({
      model: this.#model,
      prompt_filter_results: this.#promptResults,
      usage: this.#usage,
      choices: [
        {
          ...this.#finish,
          message: { content: this.#text, refusal: this.#refusal },
          content_filter_results:
            Object.keys(this.#filterResults).length === 0 ? undefined : this.#filterResults,
        },
      ],
    });
  }

  #readLine(line: string): void {
    // Comments begin with a colon; `event:`, `id:` and `retry:` say nothing that we need.
    if (!line.startsWith('data:') || this.isDone) return;
    this.#dataLines.push(line);
    const data = line.slice('data:'.length).trim();
    if (data === '[DONE]') this.isDone = true;
    else this.#readEvent(objectOf(parseJson(data)));
  }

  #readEvent(event: JsonObject | undefined): void {
    if (event === undefined) return;
    const type = textOf(event['type']);
    if (type === 'error' || type?.startsWith('response.') === true) {
      this.#readResponseEvent(type, event);
      return;
    }
    if (event['error'] !== undefined && event['error'] !== null) this.error ??= event['error'];
    this.#model ??= textOf(event['model']);
    this.#promptResults ??= promptResultsOf(event);
    // The usage event comes last, after the finish, or on it; earlier ones say `null`.
    if (objectOf(event['usage']) !== undefined) this.#usage = event['usage'];
    for (const value of listOf(event['choices']) ?? []) {
      const choice = objectOf(value);
      if (choice !== undefined && (choice['index'] ?? 0) === 0) this.#readChoice(choice);
    }
  }

  /** An event of the Responses API (AZURE §1.9). */
  #readResponseEvent(type: string, event: JsonObject): void {
    switch (type) {
      case 'response.output_text.delta':
        this.#text += textOf(event['delta']) ?? '';
        this.#tellAnswer();
        return;
      case 'response.completed':
      case 'response.incomplete':
        this.#response = event['response'];
        this.isDone = true;
        return;
      case 'response.failed':
        this.error ??= objectOf(event['response'])?.['error'] ?? event;
        this.isDone = true;
        return;
      case 'error':
        this.error ??= event['error'] ?? event;
        return;
      default:
    }
  }

  /** Tells what is new in the answer. While a model thinks, nothing is: nobody shall read that for the answer. */
  #tellAnswer(): void {
    const answer = answerSoFar(this.#text);
    if (answer.length <= this.#told) return;
    this.#onText(answer.slice(this.#told));
    this.#told = answer.length;
  }

  #readChoice(choice: JsonObject): void {
    this.#hasChoice = true;
    // Some servers give a whole `message` where no piece came before it.
    const delta = objectOf(choice['delta']) ?? (this.#text === '' ? objectOf(choice['message']) : undefined);
    const text = textOf(delta?.['content']) ?? textOf(choice['text']);
    if (text !== undefined) {
      this.#text += text;
      this.#tellAnswer();
    }
    this.#refusal += textOf(delta?.['refusal']) ?? '';
    const results = filterResultsOf(choice);
    if (results !== undefined) this.#filterResults = mergeFilterResults(this.#filterResults, results);
    // A late block (asynchronous filter) comes after `stop`, so the last reason counts. AZURE §1.7.
    const { finish_reason, finish_details } = choice;
    if (finish_reason ?? finish_details) this.#finish = { finish_reason, finish_details };
  }
}

/** A whole stream, as it was kept in `Answer.raw`. */
export function readStream(raw: string): AnswerStream {
  const stream = new AnswerStream();
  stream.push(raw);
  stream.end();
  return stream;
}
