import { formatCount, formatDuration } from './format.ts';
import { programName } from './program-name.ts';

/** What `cutline connections` says. */
export const connectionsText = {
  thereAre: (names: string): string =>
    names === ''
      ? `There is none yet. Add one: ${programName} connections add --connection KIND`
      : `There are: ${names}.`,
  none: `There is no connection yet. Look for a server on this machine: ${programName} connections discover`,
  nothingFound: `No server of models was found on this machine at its usual ports. One at another port: ${programName} connections discover --port N`,
  servers: {
    ollama: 'Ollama',
    'lm-studio': 'LM Studio',
    'llama-cpp': 'llama.cpp',
    vllm: 'vLLM',
    openai: 'OpenAI',
    other: 'A server that speaks like OpenAI',
  },
  needsKey: 'It wants a key before it says more: set OPENAI_API_KEY, and OPENAI_BASE_URL to this address.',
  vision: { yes: 'sees pictures', no: 'text only', unknown: 'does not say what it sees' },
  context: (tokens: number): string => `${formatCount(tokens)} tokens`,
  use: (endpoint: string, model: string): string =>
    `Describe with it: ${programName} describe FOLDER --connection openai-compatible --endpoint ${endpoint} --model '${model}'`,
  noneSees: 'None of its models sees pictures: get one that does, such as gemma3, qwen3-vl or llava.',
  added: (name: string): string =>
    `Added: ${name}. Try it: ${programName} connections test '${name}'. Describe with it: ${programName} describe FOLDER --connection '${name}'`,
  enhancementsRetired:
    'Microsoft retired these enhancements with GPT-4 Turbo vision-preview: they work only where a server still offers them. Elsewhere, ask for objects (--fields objects), or use azure-vision.',
  whichVision:
    'Say which connection to Azure AI Vision does them: --vision NAME. connections add --connection azure-vision makes one.',
  notKept: (name: string): string =>
    `${name} has never answered, so it is not kept in the list of connections, and nothing waits for it.`,
  changed: (name: string): string => `Changed: ${name}.`,
  removed: (name: string): string => `Removed: ${name}. What it described, and what that cost, stays.`,
  checks: {
    settings: 'Settings',
    reach: 'Reach',
    key: 'Key',
    model: 'Model',
    vision: 'Pictures',
    answer: 'Answer',
    price: 'Price',
  },
  states: { ok: 'ok', warning: 'mind', failed: 'wrong', unknown: 'not tried' },
  usable: (name: string): string => `${name} can be used.`,
  unusable: (name: string): string => `${name} cannot be used as it is.`,
  behind: (model: string): string => `Behind it: ${model}.`,
  limits: (requests: number | null, tokens: number | null): string =>
    `Limits per minute: ${requests === null ? 'requests not said' : `${formatCount(requests)} requests`}, ${tokens === null ? 'tokens not said' : `${formatCount(tokens)} tokens`}.`,
  cost: (ms: number, cost: string | null): string =>
    `One tiny picture was answered in ${formatDuration(ms)}; ${cost === null ? 'its price is not known' : `it cost ${cost}`}, and stands in the ledger.`,
  notAnswered: (cost: string | null): string =>
    `One tiny picture was sent; ${cost === null ? 'what it cost is not known' : `it is booked at ${cost}`}.`,
  keyForNobody: (variable: string): string =>
    `${variable} is set, but the name of no connection gives this variable, so nobody gets the key. For “Work (east)” it is CUTLINE_KEY_WORK_EAST.`,
  keyForSeveral: (variable: string, names: readonly string[]): string =>
    `${variable} is set, but would be for ${names.map((name) => `“${name}”`).join(' and for ')}, so nobody gets the key. Give one of them another name: ${programName} connections set '${names.at(-1) ?? ''}' --name NAME`,
  fallback: (name: string): string =>
    `What this connection blocks, filters, declines or has no budget for goes to ${name}.`,
  askUpload: (name: string, host: string): string =>
    `Photos that stay at home now would then leave it for ${name} (${host}). Allow that?`,
};
