import type { ErrorCode, ErrorDetails } from '../errors.ts';
import { foundSize, reasonSentence, type SystemReasons } from './reason.ts';

/**
 * One sentence or two for each code: what happened, then what to do. Window and terminal use the same.
 * A sentence may use the facts of `details`; it must also read well without them.
 */
type Sentence = (details: ErrorDetails) => string;

const at = (details: ErrorDetails): string => (details['path'] === undefined ? '' : ` (${details['path']})`);
const systemReasons: SystemReasons = {
  EACCES: 'You may not read it.',
  EPERM: 'The system does not allow it.',
  EIO: 'The disk or card reports an error.',
  EBUSY: 'Another program keeps it to itself.',
  EMFILE: 'Too many files are open.',
  ENFILE: 'Too many files are open.',
  ELOOP: 'It is a link that leads back to itself.',
  ENAMETOOLONG: 'Its path is too long for the system.',
  ENXIO: 'It is no file that can be read.',
  ETIMEDOUT: 'Its drive or share does not answer.',
};
const why = (details: ErrorDetails): string => reasonSentence(details, systemReasons);
const waiting = (details: ErrorDetails): string =>
  typeof details['pauseMs'] === 'number'
    ? ` It asked to wait ${Math.ceil(details['pauseMs'] / 1000)} s.`
    : '';

/** What the system's reason means to a person; other reasons are the network's. */
const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: start the server, or check the port',
  ENOTFOUND: 'There is no such host: check the address and the network',
  EAI_AGAIN: 'Its name cannot be looked up: check the network',
};

/** Why nothing came from an address of the web. */
const webReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nobody answers there.',
  ENOTFOUND: 'There is no such host.',
  EAI_AGAIN: 'Its name cannot be looked up: there may be no network.',
};

/** What a folder's privacy does not allow. */
const keptPrivate: Readonly<Record<string, string>> = {
  'local-only':
    'photos of its folder may not leave this machine and its network (local-only). A server of your own can describe them.',
  'built-in-only': 'only the built-in describer may read photos of its folder (built-in-only).',
};

/** Why the ffmpeg that was looked for is none. */
function ffmpegProblem({ reason, command }: ErrorDetails): string {
  if (reason === 'too-old') return `, and ${String(command)} is older`;
  if (reason === 'broken') return `, and ${String(command)} does not answer as ffmpeg does`;
  return '';
}

export const messages: Readonly<Record<ErrorCode, Sentence>> = {
  'invalid-input': (d) => String(d['reason'] ?? '') || 'That was not understood.',
  'not-found': (d) => `${d['what'] ?? 'It'} was not found.${why(d)}`,
  conflict: (d) => `That cannot be done now.${why(d)}`,
  canceled: () => 'Canceled.',
  'consent-needed': (d) =>
    d['fallback'] === undefined
      ? 'This would cost money, and nobody agreed to it. Say --yes, or give a --budget.'
      : `Photos that stay at home now would be sent to ${d['fallback']}, and nobody agreed to that. Say so by its name: --allow-upload '${d['fallback']}'.`,

  'library-in-use': (d) =>
    `Another Cutline is using this library${at(d)}.${why(d) || ' Close it, or wait until it is done; searching works meanwhile.'}`,
  'library-damaged': (d) =>
    `The library's database is damaged${at(d)}. Nothing was changed. Put a backup in its place, or move it away and scan again.`,
  'library-unavailable': (d) =>
    `The library's folder cannot be used${at(d)}.${why(d)} Choose another with --library.`,
  'schema-too-new': (d) =>
    `This library was written by a newer Cutline (schema ${d['found'] ?? '?'}, this one knows ${d['known'] ?? '?'}). Update Cutline; nothing was changed.`,
  'disk-full': (d) =>
    `The disk is full${at(d)}. Nothing is lost: free some space and give the same command again.`,
  'read-only': (d) => `Cutline may not write here${at(d)}. Choose another library folder with --library.`,
  'root-offline': (d) =>
    `This folder cannot be reached${at(d)}. Plug in its drive or connect its share; its photos stay in the library.`,
  'watch-limit': (d) =>
    `The system's limit of watched folders is reached.${why(d)} Cutline scans on a schedule instead; raise fs.inotify.max_user_watches for instant changes.`,

  'file-missing': () => 'The file is gone. If it was moved, scan the folder that it is in now.',
  'file-unreadable': (d) => `The file cannot be read.${why(d)} Check its permissions.`,
  'file-empty': () => 'The file is empty (0 bytes). Copy it again from the card or the backup.',
  'file-changing': () => 'The file is still being copied. It is taken up as soon as it is complete.',
  'file-damaged': (d) =>
    `The ${d['what'] ?? 'picture'} is damaged or cut off.${why(d)} Copy it again from the card or the backup.`,
  'not-an-image': () => 'The file is not a picture, whatever its name says.',
  'not-a-photo': () => 'Not a photo.',
  sidecar: () => 'A sidecar: it belongs to a photo and is not one itself.',
  'unsupported-format': (d) =>
    `${d['format'] ?? 'This format'} cannot be described yet. It is tried again when a release adds it.`,
  'no-preview': (d) =>
    d['reason'] === 'not-flattened'
      ? `The ${d['format'] ?? 'document'} was saved without its flattened picture. Save it again with “Maximize compatibility”, or export it as a JPEG beside it.`
      : `The ${d['format'] ?? 'RAW'} holds no picture that is large enough to be shown${foundSize(d) === undefined ? '' : ` (the largest is ${foundSize(d)} px)`}. Export it as a JPEG beside it, or have your converter write a preview into it.`,
  'image-too-large': (d) =>
    `The picture has too many pixels${d['megapixels'] === undefined ? '' : ` (${d['megapixels']} megapixels)`}. Make a smaller copy of it.`,
  'cloud-placeholder': () => 'The file is only in the cloud. Download it to have it described.',
  'decoder-crashed': (d) =>
    `The picture crashed the decoder${typeof d['memoryMb'] === 'number' ? `, which needed more than ${d['memoryMb']} MB of memory` : ''}. It is left alone; retry it by hand after an update.`,
  'decoder-timeout': (d) =>
    `The picture took longer than ${typeof d['limitMs'] === 'number' ? `${Math.round(d['limitMs'] / 1000)} s` : 'allowed'} to decode. Make a simpler copy of it.`,

  'no-video-decoder': (d) =>
    d['reason'] === 'own-decoder'
      ? `Cutline alone cannot look into this video${d['codec'] === undefined ? '' : ` (${d['codec']})`}: neither it nor this system has a decoder for it. Install ffmpeg (https://ffmpeg.org, or from your system's packages), or name it: cutline ffmpeg PATH. Its picture then comes by itself.`
      : d['reason'] === 'codec'
        ? `${d['command'] ?? 'ffmpeg'} has no decoder for this video${d['codec'] === undefined ? '' : ` (${d['codec']})`}. Install a full build of ffmpeg, or name one: cutline ffmpeg PATH. The video is kept, found and played without.`
        : `To look into videos, Cutline needs ffmpeg 4 or newer${ffmpegProblem(d)}. Install it (https://ffmpeg.org, or from your system's packages), or name it: cutline ffmpeg PATH.`,
  'no-frames': (d) =>
    d['reason'] === 'sound-alone'
      ? 'The file holds sound alone: there is nothing to see in it, and nothing to describe.'
      : `No picture can be read out of the video.${why(d)} Play it to see whether it is whole, and copy it again if it is not.`,
  'web-private': (d) =>
    `The address${d['host'] === undefined ? '' : ` of ${d['host']}`} is on this machine or in its network, and pictures are fetched from the public internet. If it is meant: add --allow-private.`,
  'web-unreachable': (d) =>
    `The picture did not come${d['host'] === undefined ? '' : ` from ${d['host']}`}${d['httpStatus'] === undefined ? '' : ` (HTTP ${d['httpStatus']})`}.${reasonSentence(d, webReasons)} Look whether the address opens in a browser, and try again.`,
  'web-no-picture': (d) =>
    `What is at ${d['host'] ?? 'this address'} is no picture${d['type'] === undefined ? '' : ` but ${d['type']}`}. Give the address of the picture itself, not of the page that shows it.`,
  'web-too-large': (d) =>
    `What is at ${d['host'] ?? 'this address'} is larger than ${d['limitMb'] ?? 100} MB. Download it yourself, and add its folder.`,

  'retrieval-missing': () =>
    'This endpoint has no video retrieval: Microsoft switched it off on 30 June 2025. Have videos described by their frames instead (describe), and search what was said; the index works only where a server still offers it.',
  'sas-expired': () =>
    'The signature in the address of the container (SAS) has expired. Make a new one with the permissions Read, Create and Write, and give the same command again: what was uploaded stays there and is not sent twice.',
  'upload-refused': (d) =>
    `The storage account did not accept the video${d['serviceCode'] === undefined ? '' : ` (${d['serviceCode']})`}.${why(d) || ' Check the address of the container and what its signature allows.'}`,
  'video-not-indexed': (d) =>
    `The service did not take the video into its index.${why(d)} Give the same command again to try it once more.`,

  'budget-exceeded': (d) =>
    d['isOverall'] === true
      ? `This month's budget${d['budget'] === undefined ? '' : ` of ${d['budget']}`} for everything does not allow another request. Nothing is lost: it goes on next month, or with a larger budget in the settings.`
      : `The budget${d['budget'] === undefined ? '' : ` of ${d['budget']}`} does not allow another request. Nothing is lost: give a larger --budget to go on.`,
  'price-unknown': (d) =>
    d['model'] === undefined
      ? 'The price is not known, so a budget cannot be kept. Name the model with --model, or the price with --price IN/OUT (US dollars per million tokens).'
      : `The price of ${d['model']} is not known, so a budget cannot be kept. Say it with --price IN/OUT (US dollars per million tokens).`,

  'provider-unauthorized': () => 'The key was refused. Check the key and the endpoint.',
  'provider-forbidden': (d) =>
    `Access was refused.${why(d)} Check the role, the network rules, and the account.`,
  'provider-deployment-not-found': (d) =>
    `The deployment or model${d['deployment'] === undefined ? '' : ` “${d['deployment']}”`} does not exist at this endpoint. Check its name; a new deployment needs five minutes.${d['known'] === undefined ? '' : ` There are: ${d['known']}.`}`,
  'provider-not-found': () =>
    'The endpoint does not know this address. Check the endpoint and the API version.',
  'provider-no-vision': (d) =>
    `${d['model'] ?? 'This model'} cannot see pictures. ${d['instead'] === undefined ? 'Choose one with vision' : `Choose one of this server that can: ${d['instead']}`}.${d['isName'] === true ? ' If another model is behind that name, say which.' : ''}`,
  'no-questions': () =>
    'The built-in describer knows facts and no pictures, and Image Analysis only describes: they cannot answer questions. Ask a model: --connection azure-openai, or --connection openai-compatible for OpenAI or a server of your own such as Ollama.',
  'too-many-photos': (d) =>
    `${d['model'] ?? 'This model'} takes ${d['limit'] ?? 'fewer'} photos in one question${d['photos'] === undefined ? '' : `, and these are ${d['photos']}`}. Ask about fewer of them.`,
  'entra-sign-in-needed': () =>
    'This machine is not signed in with Microsoft Entra. Run az login (or azd auth login), or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET; then try again.',
  'provider-misconfigured': (d) => `The connection is not complete.${why(d)}`,
  'provider-rate-limited': (d) =>
    `The service's rate limit is reached.${waiting(d)} Cutline goes on by itself.`,
  'provider-unavailable': (d) =>
    `The service ${failing(d)}${d['isQuestion'] === true ? '. Ask again' : ' again and again. Retry the failed photos later'}.`,
  'provider-unreachable': (d) =>
    `The service cannot be reached${d['host'] === undefined ? '' : ` (${d['host']})`}. ${unreachable[String(d['reason'])] ?? 'Check the network'}; the queue is kept and goes on by itself.`,
  'provider-cut-off': () =>
    'The connection broke in the middle of an answer. The request may have been charged.',
  'provider-timeout': () => 'No answer came in time. The request may have been charged.',
  'provider-bad-request': (d) => `The service did not accept the request.${why(d)}`,
  'provider-bad-response': (d) =>
    `The answer could not be understood.${why(d)} It is kept and can be parsed again for free.`,
  'provider-image-refused': (d) => `The service did not accept the picture.${why(d)}`,
  'provider-request-too-large': () =>
    'The request is too large for the service. Use a smaller --max-image-tokens.',
  'content-filtered': (d) =>
    `The service's content filter blocked it${d['category'] === undefined ? '' : `: ${d['category']}`}. It is not sent again by itself.`,
  refused: (d) => `The model declined to answer.${why(d)}`,
  'answer-truncated': () =>
    'The answer was longer than its limit, twice. Ask for fewer keywords or a shorter caption.',
  'answer-empty': () => 'The model gave an empty answer.',
  'answer-lost': () => 'Cutline ended before the answer came. It may have been charged.',
  excluded: () => 'It was excluded from descriptions. Take it in again to have it described.',
  privacy: (d) =>
    `Kept private: ${keptPrivate[String(d['privacy'])] ?? 'the setting of its folder does not allow it.'}`,

  'engine-closed': () => 'Cutline was closing. Give the same command again.',
  'engine-crashed': () =>
    'The part of Cutline that works on photos ended again and again. Nothing is lost. Try again; if it happens again, the log in the library folder says what it was doing.',
  internal: (d) => `Something unexpected happened.${why(d)} The library's log has the details.`,
};

/** After 200 the answer had begun. */
const failing = ({ httpStatus }: ErrorDetails): string =>
  httpStatus === 200
    ? 'broke off its answer with an error'
    : `failed${httpStatus === undefined ? '' : ` (${httpStatus})`}`;

/** The sentence for an error, in the words of this catalogue. */
export function messageFor(error: { readonly code: ErrorCode; readonly details?: ErrorDetails }): string {
  return messages[error.code](error.details ?? {});
}
