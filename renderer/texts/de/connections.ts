import type { connections as english } from '../en/connections.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const connections: typeof english = {
  add: 'Verbindung hinzufügen …',
  addTitle: 'Wer soll Ihre Fotos beschreiben?',
  ways: {
    found: 'Auf diesem Rechner',
    'azure-openai': 'Azure-OpenAI-Dienst',
    'openai-compatible': 'OpenAI oder kompatibel',
    'azure-vision': 'Azure KI Vision',
  },
  kinds: {
    'built-in': 'sagt, was die Kamera weiß, ohne Modell und ohne Netz',
    'azure-openai': 'Azure-OpenAI-Dienst',
    'openai-compatible': 'OpenAI-kompatibel',
    'azure-vision': 'Bildanalyse',
  },
  states: { ready: 'bereit', offline: 'ist nicht erreichbar', blocked: 'funktioniert nicht' },
  servers: {
    ollama: 'Ollama',
    'lm-studio': 'LM Studio',
    'llama-cpp': 'llama.cpp',
    vllm: 'vLLM',
    openai: 'OpenAI',
    other: 'Ein Server',
  },
  vision: { yes: 'sieht Bilder', no: 'sieht keine Bilder', unknown: 'sieht vielleicht Bilder' },
  looking: 'Auf diesem Rechner werden Server von Modellen gesucht …',
  foundNone:
    'Auf diesem Rechner läuft kein Server von Modellen. Starten Sie Ollama, LM Studio, llama.cpp oder vLLM mit einem Modell, das Bilder sieht, und sehen Sie neu nach.',
  found: (servers) =>
    n(servers, { one: '# Server läuft auf diesem Rechner.', other: '# Server laufen auf diesem Rechner.' }),
  noneSees: (server) =>
    `${server} hat kein Modell, das Bilder sieht. Laden Sie dort eines und sehen Sie neu nach.`,
  lookAgain: 'Neu nachsehen',
  endpoint: 'Endpunkt',
  noAddress: 'Das ist keine Adresse. Sie beginnt mit https:// oder http://.',
  deployment: 'Bereitstellung',
  deploymentHint: 'Ihr Name in Ihrer Azure-Ressource. Er muss nicht der Name des Modells sein.',
  model: 'Modell',
  modelHint:
    'Das Modell dahinter: Bildgrößen und Preise folgen daraus. Bleibt es leer, findet der Test es heraus.',
  batchDeployment: 'Bereitstellung für Batches',
  batchDeploymentHint:
    'Eine Bereitstellung der Art Global Batch. Mit ihr können Fotos über Nacht beschrieben werden, zum halben Preis.',
  enhancements: 'Erweiterungen von GPT-4 Turbo with Vision (abgeschaltet)',
  enhancementsRetired:
    'Microsoft hat sie zusammen mit der Modellversion „vision-preview“ beendet: Sie gehen nur, wo ein Server sie noch anbietet. Überall sonst: nach Objekten fragen oder mit Azure AI Vision beschreiben.',
  enhancementsNeed:
    'Sie brauchen neben dieser eine Verbindung zu Azure AI Vision. Richten Sie zuerst die ein.',
  enhancementsAre: {
    none: 'Keine',
    grounding: 'Objekte mit ihrem Ort (Grounding)',
    ocr: 'Text im Bild (OCR)',
    both: 'Objekte mit ihrem Ort und Text',
  },
  enhancedBy: 'Mit Hilfe von',
  enhancementsCost: (service) =>
    `Jede kostet 0,003 $ je Foto, zusätzlich zu den Tokens. Der Schlüssel von ${service} wird mitgesendet.`,
  modelNameHint: 'Wie der Dienst es nennt.',
  signIn: 'Anmelden',
  signIns: { key: 'Mit einem Schlüssel', entra: 'Mit Microsoft Entra' },
  entraHint:
    'Es wird kein Schlüssel aufbewahrt. Cutline fragt, womit dieser Rechner angemeldet ist: az login, azd auth login, Azure PowerShell, die Variablen AZURE_TENANT_ID, AZURE_CLIENT_ID und AZURE_CLIENT_SECRET oder die Identität des Rechners.',
  entraRole: 'Das Konto braucht die Rolle „Cognitive Services OpenAI User“.',
  entraVisionRole:
    'Das Konto braucht die Rolle „Cognitive Services User“, und der Endpunkt muss der der Ressource selbst sein, nicht der einer Region.',
  key: 'Schlüssel',
  keyHint:
    'Wird, wo es geht, vom System verwahrt, nur für diesen Endpunkt, und nie wieder gezeigt. Leer gelassen, gilt einer aus der Umgebung.',
  noKey: (place) =>
    `Es gibt keinen. Einer, den Sie eingeben, wird verwahrt: ${place}. Gezeigt wird er nie wieder.`,
  keyIs: (place) =>
    `Es gibt einen, verwahrt: ${place}. Gezeigt wird er nie; ein neuer tritt an seine Stelle.`,
  keyPlaces: {
    environment: 'in der Umgebung dieses Programms, die das erste Wort hat',
    system: 'vom System, verschlüsselt',
    'system-weak': 'vom System, das keinen Schlüsselbund hat und ihn nur schwach schützt',
    keyring: 'im Schlüsselbund des Systems',
    file: 'in einer Datei, die nur Sie lesen dürfen',
    memory: 'bis Cutline geschlossen wird',
    entra: 'wie dieser Rechner bei Microsoft Entra angemeldet ist, ohne Schlüssel',
  },
  saveKey: 'Diesen Schlüssel setzen',
  removeKey: 'Schlüssel entfernen',
  apiVersion: 'API-Version',
  apiVersionHint: 'Nur für die datierte Form der Adresse. Meist leer.',
  test: 'Testen',
  testing: 'Wird getestet …',
  saveAndTest: 'Speichern und testen',
  goOn: 'Verwenden',
  keepAnyway: 'Trotzdem behalten',
  works: 'Es funktioniert.',
  doesNotWork: 'Es funktioniert noch nicht.',
  checks: {
    settings: 'Angaben',
    reach: 'Dienst erreichen',
    key: 'Schlüssel',
    model: 'Modell des Dienstes',
    vision: 'Sieht Bilder',
    answer: 'Antwortet',
    price: 'Preis',
  },
  checkStates: { ok: 'gut', warning: 'einen Blick wert', failed: 'falsch', unknown: 'nicht angesehen' },
  answeredIn: (time) => `hat in ${time} geantwortet`,
  testCost: (money) => `ein winziges Bild wurde gesendet: ${money}`,
  limit: (requests) => n(requests, { one: '# Anfrage je Minute', other: '# Anfragen je Minute' }),
  priceUnknown: 'Preis unbekannt: ein Budget kann nicht eingehalten werden',
  costsNothing: 'kostet nichts',
  price: (input, output) => `${input} hinein, ${output} heraus je Million Token`,
  featurePrice: (least, most) =>
    least === most ? `${least} je tausend Transaktionen` : `${least} bis ${most} je tausend Transaktionen`,
  visionTakes:
    'Die Bildanalyse 4.0 findet Bildbeschreibungen, Schlagwörter, Text, Dinge und Menschen und sagt, wo sie sind. Sie schreibt keine Titel und beantwortet keine Fragen. Jedes Merkmal jedes Fotos ist eine bezahlte Transaktion; Token werden nicht gezählt.',
  visionLanguages:
    'Beschreibungen schreibt sie auf Englisch, und in manchen Regionen keine. Schlagwörter allein gibt es auch auf Spanisch, Japanisch, Portugiesisch und Chinesisch.',
  visionRetires:
    'Microsoft stellt sie am 25. September 2028 ein und rät, vorher zu einem Modell zu wechseln, das Bilder sieht, etwa einem von Azure OpenAI.',
  visionVideosRetired:
    'Die Videosuche, den Index für Videos desselben Dienstes, hat Microsoft am 30. Juni 2025 abgeschaltet. Wo ein Server sie noch anbietet, füllen und durchsuchen ihn „Video-Indizes“ und der Befehl video-index. Videos werden stattdessen nach ihren Einzelbildern beschrieben: mit einer Verbindung zu einem Modell, das Bilder sieht.',
  visionPrice: 'Ihr eigener Preis, in US-Dollar je tausend Transaktionen',
  visionPriceHint: 'Etwa 1,50. Bleibt er leer, gilt der Listenpreis.',
  noVisionPrice: 'Geben Sie einen Betrag ein, etwa 1,50.',
  edit: 'Ändern …',
  editTitle: (name) => `${name} ändern`,
  save: 'Speichern',
  name: 'Bezeichnung',
  concurrency: 'Anfragen zugleich',
  noConcurrency: 'Geben Sie eine Zahl von 1 bis 256 ein.',
  ownPrice: 'Ihr eigener Preis, in US-Dollar je Million Token hinein/heraus',
  ownPriceHint: 'Etwa 2,50/10. Bleibt er leer, gilt der Listenpreis, wo er bekannt ist.',
  noPrice: 'Geben Sie zwei Beträge mit einem Schrägstrich dazwischen ein, etwa 2,50/10.',
  remove: 'Entfernen',
  removeTitle: (name) => `${name} entfernen?`,
  removeText:
    'Was sie beschrieben und was das gekostet hat, bleibt. Sie kann jederzeit wieder hinzugefügt werden.',
};
