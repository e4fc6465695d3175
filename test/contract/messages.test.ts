import { constantFrom, assert, dictionary, oneof, integer, property, string, boolean } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCodes, type ErrorDetails } from '../../app/contract/errors.ts';
import { messageFor, messages } from '../../app/contract/messages/en.ts';
import { windowMessageFor } from '../../app/contract/messages/window.ts';
import { errorInfo } from '../../app/contract/models/error-info.ts';

/** Facts as the engine gives them, all at once. */
const everyFact: ErrorDetails = {
  path: '/photos/a.jpg',
  reason: 'A reason.',
  what: 'Run 7',
  found: 70,
  known: 60,
  format: 'HEIC',
  megapixels: 500,
  limitMs: 60_000,
  budget: '$5.00',
  model: 'GPT-9',
  deployment: 'vision',
  pauseMs: 45_000,
  httpStatus: 503,
  host: 'example.openai.azure.com',
  category: 'violence',
  privacy: 'local-only',
};

/** A sentence that a person can read: whole, closed, and without the debris of missing facts. */
const readable = /^(?!.*(?:undefined|null|NaN|\[object|\(\)|“”| {2}| \.|\.\.|\s$))[A-Z“].*[.)]$/s;

const wholeInAnyLanguage =
  /^(?!.*(?:undefined|null|NaN|\[object|\(\)| {2}| [.,]|\.\.|\s$))[\p{Lu}“„].*[.)!?”]$/su;

describe('every error', () => {
  it('has its sentence, and there is no sentence without its error', () => {
    expect(Object.keys(messages).toSorted()).toEqual([...errorCodes].toSorted());
    expect(new Set(errorCodes).size).toBe(errorCodes.length);
  });

  it.each([...errorCodes])('%s reads well without facts, and with them', (code) => {
    expect(messageFor({ code })).toMatch(readable);
    expect(messageFor({ code, details: {} })).toMatch(readable);
    expect(messageFor({ code, details: everyFact })).toMatch(readable);
  });

  it.each(['no JSON in it', 'EACCES', 'ESTALE', 'ENOENT: no such file, mkdir', 'It is "empty".', ' cut; '])(
    'whose reason is “%s” is made of whole sentences, in either language',
    (reason) => {
      for (const code of errorCodes.filter((each) => each !== 'invalid-input')) {
        for (const details of [{ reason }, { ...everyFact, reason }]) {
          for (const sentence of [
            messageFor({ code, details }),
            windowMessageFor({ code, details }, 'en'),
            windowMessageFor({ code, details }, 'de'),
          ]) {
            expect(sentence).toMatch(wholeInAnyLanguage);
            // No sentence begins small behind another one.
            expect(sentence.replaceAll(' e.g. ', ' ')).not.toMatch(/\p{Ll}\. \p{Ll}/u);
          }
        }
      }
    },
  );

  it('says another thing than the others', () => {
    const sentences = errorCodes.map((code) => messageFor({ code }));
    expect(new Set(sentences).size).toBe(errorCodes.length);
  });

  it('never throws over facts that it did not expect, and crosses the port', () => {
    const facts = dictionary(constantFrom(...Object.keys(everyFact)), oneof(string(), integer(), boolean()));
    assert(
      property(constantFrom(...errorCodes), facts, (code, details) => {
        expect(messageFor({ code, details })).not.toBe('');
        expect(errorInfo.parse({ code, details })).toEqual({ code, details });
      }),
    );
  });
});

describe('a sentence', () => {
  it('uses the facts that it has', () => {
    expect(messageFor({ code: 'library-in-use', details: { path: '/library' } })).toContain('(/library)');
    expect(messageFor({ code: 'schema-too-new', details: { found: 70, known: 60 } })).toContain('schema 70');
    expect(messageFor({ code: 'provider-rate-limited', details: { pauseMs: 44_100 } })).toContain('45 s');
    expect(messageFor({ code: 'budget-exceeded', details: { budget: '$5.00' } })).toContain('$5.00');
    expect(
      messageFor({ code: 'library-unavailable', details: { reason: 'ENOTDIR: not a directory, mkdir' } }),
    ).toContain('mkdir. Choose');
    expect(messageFor({ code: 'price-unknown', details: { model: 'gpt-99' } })).toContain('gpt-99');
    expect(messageFor({ code: 'invalid-input', details: { reason: 'It takes a day.' } })).toBe(
      'It takes a day.',
    );
    expect(messageFor({ code: 'not-found', details: { what: 'Run 7' } })).toBe('Run 7 was not found.');
  });
});

it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
  'an address of the web that fails with %s is told in words',
  (reason) => {
    const error = { code: 'web-unreachable' as const, details: { host: 'pictures.example', reason } };
    for (const said of [messageFor(error), windowMessageFor(error, 'en'), windowMessageFor(error, 'de')]) {
      expect(said).toContain('pictures.example');
      expect(said).not.toContain(reason);
    }
  },
);
