import type { ErrorCode, ErrorDetails } from '../errors.ts';
import { germanMessages } from './de.ts';
import { messages } from './en.ts';
import { englishFindings, megabytes, sentenceOf, type FindingSentences } from './findings.ts';
import { germanFindings } from './findings-de.ts';
import type { Finding } from '../finding.ts';

/**
 * The sentences as the window says them. English ones are the terminal's, except where those name a flag, which nobody in a
 * window can give.
 */
const englishInWindow: Partial<typeof messages> = {
  'consent-needed': (d) =>
    d['fallback'] === undefined
      ? 'This would cost money, and nobody agreed to it. Agree to the plan, or set a budget.'
      : `Photos that stay at home now would be sent to ${d['fallback']}, and nobody agreed to that. Allow it in the plan.`,
  'library-in-use': (d) =>
    d['reason'] === undefined
      ? `Another Cutline is using this library${d['path'] === undefined ? '' : ` (${d['path']})`}. Close it there, or wait until it is done.`
      : messages['library-in-use'](d),
  'library-unavailable': (d) =>
    `The library's folder cannot be used${d['path'] === undefined ? '' : ` (${d['path']})`}. Choose another one.`,
  'disk-full': (d) =>
    `The disk is full${d['path'] === undefined ? '' : ` (${d['path']})`}. Nothing is lost: free some space and try again.`,
  'read-only': (d) =>
    `Cutline may not write here${d['path'] === undefined ? '' : ` (${d['path']})`}. Choose another folder for the library.`,
  'budget-exceeded': (d) =>
    d['isOverall'] === true
      ? messages['budget-exceeded'](d)
      : `The budget${d['budget'] === undefined ? '' : ` of ${d['budget']}`} does not allow another request. Nothing is lost: it goes on with a larger budget.`,
  'price-unknown': (d) =>
    `The price${d['model'] === undefined ? '' : ` of ${d['model']}`} is not known, so a budget cannot be kept. Enter the model or its price in the connection.`,
  'web-private': (d) =>
    `The address${d['host'] === undefined ? '' : ` of ${d['host']}`} is on this machine or in its network, and pictures are fetched from the public internet alone. Save the picture yourself, and add its folder.`,
  'no-video-decoder': (d) =>
    messages['no-video-decoder'](d).replace(': cutline ffmpeg PATH', ' in the settings under Check-up'),
  'no-questions': () =>
    'The built-in describer knows facts and no pictures, and Image Analysis only describes: they cannot answer questions. Ask a model: set up a connection in the settings, such as Azure OpenAI, OpenAI, or a server of your own like Ollama.',
  'provider-request-too-large': () =>
    'The request is too large for the service. Allow fewer image tokens for each photo.',
  'engine-closed': () => 'Cutline could not be reached just then. Try it again.',
  privacy: (d) => `${messages.privacy(d)} The settings say for each folder what may be sent.`,
};

const inWindow = { en: { ...messages, ...englishInWindow }, de: germanMessages };

/** The sentence for an error in the window: what happened and what to do there. */
export function windowMessageFor(
  error: { readonly code: ErrorCode; readonly details?: ErrorDetails },
  language: keyof typeof inWindow,
): string {
  return inWindow[language][error.code](error.details ?? {});
}

/** As in `englishInWindow`: no flag and no command. */
const englishFindingsInWindow: Partial<FindingSentences> = {
  'folder-not-writable': (f) => `The library's folder cannot be written: ${f['path']}. Change its rights.`,
  'index-behind': (f) => `Search has ${f['photos']} photos still to index. It does so while Cutline runs.`,
  'renditions-orphaned': (f) =>
    `Thumbnails and previews of no photo of this library: ${f['files']} (${megabytes(f['sizeBytes'])}). Tidying up removes them.`,
  'photos-failed': (f, why) =>
    `${f['photos']} ${f['photos'] === 1 ? 'photo has' : 'photos have'} failed: ${why} They stand under Failed in the sidebar.`,
  'root-gone': (f) =>
    `${f['path']} is not reachable. Its photos stay in the library; if it has moved, say in the settings where it is now.`,
  'key-missing': (f) => `${f['name']} has no key, and its service wants one. Give it at the connection.`,
  ...withoutCommand('ffmpeg-lacks', 'ffmpeg-missing', 'ffmpeg-too-old', 'ffmpeg-broken'),
};

/** A window offers the settings alone. */
function withoutCommand(...codes: readonly Finding['code'][]): Partial<FindingSentences> {
  return Object.fromEntries(
    codes.map((code) => [
      code,
      (...[facts, why]: Parameters<FindingSentences[typeof code]>) =>
        englishFindings[code](facts, why).replace(': cutline ffmpeg PATH, or', ''),
    ]),
  );
}

const findingsInWindow = { en: { ...englishFindings, ...englishFindingsInWindow }, de: germanFindings };

/** The sentence for something that a check-up found, in the window. */
export function windowFindingMessage(finding: Finding, language: keyof typeof findingsInWindow): string {
  return sentenceOf(finding, findingsInWindow[language], (error) => windowMessageFor(error, language));
}
