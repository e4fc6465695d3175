import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** Who describes: setting up services and trying them. */
export const connections = {
  add: 'Add a connection…',
  addTitle: 'Who should describe your photos?',
  ways: {
    found: 'On this machine',
    'azure-openai': 'Azure OpenAI',
    'openai-compatible': 'OpenAI or compatible',
    'azure-vision': 'Azure AI Vision',
  },
  kinds: {
    'built-in': 'says what the camera knows, with no model and no network',
    'azure-openai': 'Azure OpenAI',
    'openai-compatible': 'OpenAI-compatible',
    'azure-vision': 'Image Analysis',
  },
  states: { ready: 'ready', offline: 'cannot be reached', blocked: 'does not work' },
  servers: {
    ollama: 'Ollama',
    'lm-studio': 'LM Studio',
    'llama-cpp': 'llama.cpp',
    vllm: 'vLLM',
    openai: 'OpenAI',
    other: 'A server',
  },
  vision: { yes: 'sees pictures', no: 'sees no pictures', unknown: 'may see pictures' },
  looking: 'Looking for servers of models on this machine…',
  foundNone:
    'No server of models runs on this machine. Start Ollama, LM Studio, llama.cpp or vLLM with a model that sees pictures, and look again.',
  found: (servers: number) =>
    n(servers, { one: '# server runs on this machine.', other: '# servers run on this machine.' }),
  noneSees: (server: string) => `${server} has no model that sees pictures. Load one there, and look again.`,
  lookAgain: 'Look again',
  endpoint: 'Endpoint',
  noAddress: 'This is no address. It begins with https:// or http://.',
  deployment: 'Deployment',
  deploymentHint: 'Its name in your Azure resource. It need not be the name of the model.',
  model: 'Model',
  modelHint:
    'The model behind it: sizes of pictures and prices follow from it. Left empty, testing finds it out.',
  batchDeployment: 'Deployment for batches',
  batchDeploymentHint:
    'A deployment of the kind Global Batch. With it, photos may be described overnight, at half the price.',
  enhancements: 'Enhancements of GPT-4 Turbo with Vision (retired)',
  enhancementsRetired:
    'Microsoft has ended them, together with the model version “vision-preview”: they work only where a server still offers them. Everywhere else, ask for objects, or describe with Azure AI Vision.',
  enhancementsNeed: 'They need a connection to Azure AI Vision beside this one. Set that up first.',
  enhancementsAre: {
    none: 'None',
    grounding: 'Objects with their places (grounding)',
    ocr: 'Text in the picture (OCR)',
    both: 'Objects with their places, and text',
  },
  enhancedBy: 'With the help of',
  enhancementsCost: (service: string) =>
    `Each costs $0.003 for each photo, beside the tokens. The key of ${service} is sent along.`,
  modelNameHint: 'As the service names it.',
  signIn: 'Sign in',
  signIns: { key: 'With a key', entra: 'With Microsoft Entra' },
  entraHint:
    'No key is kept. Cutline asks what this machine is signed in with: az login, azd auth login, Azure PowerShell, the variables AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or the identity of the machine.',
  entraRole: 'The account needs the role “Cognitive Services OpenAI User”.',
  entraVisionRole:
    'The account needs the role “Cognitive Services User”, and the endpoint has to be that of the resource itself, not that of a region.',
  key: 'Key',
  keyHint:
    'Kept by this system where it can, for this endpoint alone, and never shown again. Left empty, one of the environment counts.',
  noKey: (place: string) => `There is none. One that you enter is kept ${place}, and never shown again.`,
  keyIs: (place: string) => `There is one, kept ${place}. It is never shown; a new one takes its place.`,
  keyPlaces: {
    environment: 'in the environment of this program, which has the first say',
    system: 'by this system, encrypted',
    'system-weak': 'by this system, which has no keyring and protects it only weakly',
    keyring: 'in the keyring of this system',
    file: 'in a file that only you may read',
    memory: 'until Cutline is closed',
    entra: 'as this machine is signed in with Microsoft Entra, and no key',
  },
  saveKey: 'Set this key',
  removeKey: 'Remove the key',
  apiVersion: 'API version',
  apiVersionHint: 'Only for the dated form of the address. Usually empty.',
  test: 'Test',
  testing: 'Testing…',
  saveAndTest: 'Save and test',
  goOn: 'Use it',
  keepAnyway: 'Keep it anyway',
  works: 'It works.',
  doesNotWork: 'It does not work yet.',
  checks: {
    settings: 'Settings',
    reach: 'Reaching the service',
    key: 'Key',
    model: 'Model',
    vision: 'Sees pictures',
    answer: 'Answers',
    price: 'Price',
  },
  checkStates: { ok: 'good', warning: 'worth a look', failed: 'wrong', unknown: 'not looked at' },
  answeredIn: (time: string) => `answered in ${time}`,
  testCost: (money: string) => `one tiny picture was sent: ${money}`,
  limit: (requests: number) => n(requests, { one: '# request a minute', other: '# requests a minute' }),
  priceUnknown: 'price unknown: a budget cannot be kept',
  costsNothing: 'costs nothing',
  price: (input: string, output: string) => `${input} in, ${output} out per million tokens`,
  featurePrice: (least: string, most: string) =>
    least === most ? `${least} per thousand transactions` : `${least} to ${most} per thousand transactions`,
  visionTakes:
    'Image Analysis 4.0 finds captions, keywords, text, objects and people, and says where they are. It writes no titles and answers no questions. Each feature of each photo is one paid transaction; no tokens are counted.',
  visionLanguages:
    'It writes captions in English, and in some regions none. Keywords alone can be Spanish, Japanese, Portuguese or Chinese too.',
  visionRetires:
    'Microsoft retires it on 25 September 2028, and advises to move to a model that sees pictures before then, such as one of Azure OpenAI.',
  visionVideosRetired:
    'Video retrieval, the index of videos of the same service, was switched off by Microsoft on 30 June 2025. Where a server still offers it, “Indexes of videos” and the command video-index fill it and search in it. Videos are described by their frames instead: with a connection to a model that sees pictures.',
  visionPrice: 'Your own price, in US dollars per thousand transactions',
  visionPriceHint: 'Such as 1.50. Left empty, the list price counts.',
  noVisionPrice: 'Enter one amount, such as 1.50.',
  edit: 'Change…',
  editTitle: (name: string) => `Change ${name}`,
  save: 'Save',
  name: 'Name',
  concurrency: 'Requests at once',
  noConcurrency: 'Enter a number from 1 to 256.',
  ownPrice: 'Your own price, in US dollars per million tokens in/out',
  ownPriceHint: 'Such as 2.50/10. Left empty, the list price counts where it is known.',
  noPrice: 'Enter two amounts with a slash between them, such as 2.50/10.',
  remove: 'Remove',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'What it described and what that cost stays. It can be added again at any time.',
};
