import type { videoIndex as english } from '../en/video-index.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const videoIndex: typeof english = {
  title: 'Video-Indizes',
  open: 'Video-Indizes …',
  retired:
    'Microsoft hat die Videosuche von Azure AI Vision am 30. Juni 2025 abgeschaltet: Sie geht nur, wo ein Server sie noch anbietet. Überall sonst: Videos über ihre Einzelbilder beschreiben lassen und suchen, was gesagt wurde.',
  noServiceTitle: 'Keine Verbindung zu Azure AI Vision',
  noService: 'Ein Index von Videos gehört zu diesem Dienst. Zuerst eine Verbindung zu ihm einrichten.',
  service: 'Verbindung',
  index: 'Welcher Index',
  asking: 'Der Dienst wird gefragt …',
  noneTitle: 'Noch kein Index',
  none: 'Einen anlegen und Videos hineingeben. Er liegt beim Dienst und nicht in der Bibliothek.',
  newIndex: 'Neuer Index …',
  newTitle: 'Neuer Index von Videos',
  make: 'Anlegen',
  name: 'Name',
  nameHint: 'Buchstaben, Ziffern und einzelne Bindestriche dazwischen, höchstens 24.',
  nameWrong:
    'So kann ein Index nicht heißen: Buchstaben, Ziffern und einzelne Bindestriche dazwischen, höchstens 24.',
  takes: 'Was er findet',
  takesAre: { vision: 'Was zu sehen ist', both: 'Was zu sehen ist und was gesagt wird' },
  ownField: 'Ein eigenes Feld (darf leer bleiben)',
  ownFieldHint:
    'Etwa ereignis: Sein Wert wird beim Hineingeben gesagt, und eine Suche kann darauf eingeschränkt werden.',
  fieldWrong: 'Ein Feld beginnt mit einem Buchstaben und hat Buchstaben, Ziffern, Binde- und Unterstriche.',
  features: { vision: 'was zu sehen ist', speech: 'was gesagt wird' },
  facts: (features, fields) => `Findet, ${features}${fields === '' ? '' : `; Felder: ${fields}`}`,
  delete: 'Index löschen …',
  deleteTitle: (name) => `Den Index „${name}“ löschen?`,
  deleteText:
    'Alles darin ist fort und müsste noch einmal angesehen und bezahlt werden. Die hochgeladenen Dateien bleiben in ihrem Container, die Videos, wo sie sind.',
  find: 'Suchen',
  videos: 'Was darin ist',
  add: 'Videos hineingeben',
  what: 'Was gesucht wird',
  whatLike: 'Jemand mit einer roten Tasche',
  kind: 'Gesehen oder gesagt',
  kinds: { all: 'Gesehen oder gesagt', vision: 'Nur was zu sehen ist', speech: 'Nur was gesagt wird' },
  since: 'Von',
  until: 'Bis',
  field: 'Feld',
  anyField: 'Jedes Feld',
  valueOf: (field) => `Wert von „${field}“`,
  valueHint: 'Für alle diese Videos derselbe. Darf leer bleiben.',
  found: (places) =>
    places === 0
      ? 'Nichts gefunden.'
      : n(places, { one: '# Stelle gefunden.', other: '# Stellen gefunden.' }),
  hits: { frame: 'gesehen', speech: 'gesagt' },
  relevance: (percent) => `Treffer zu ${percent}`,
  unknownVideo: 'Ein Video, das nicht in dieser Bibliothek ist',
  inIndex: (videos) =>
    videos === 0
      ? 'Der Index ist leer.'
      : n(videos, { one: '# Video ist darin.', other: '# Videos sind darin.' }),
  takeOut: (name) => `${name} aus dem Index nehmen`,
  which: 'Welche Videos',
  whichHint: 'Wörter und Filter wie in der Suche der Bibliothek. Leer: alle Videos.',
  selected: (photos) =>
    n(photos, {
      one: 'Von # ausgewählten Foto die Videos.',
      other: 'Von # ausgewählten Fotos die Videos.',
    }),
  others: 'Andere wählen',
  look: 'Zeigen, was gesendet würde',
  nothing: 'Es gibt nichts hineinzugeben: Alle sind schon im Index, zurückgehalten oder nicht da.',
  plan: (videos, size, length) =>
    `${n(videos, { one: '# Video', other: '# Videos' })} (${size}, ${length} lang) ${videos === 1 ? 'würde' : 'würden'} hochgeladen und in den Index gegeben. Was der Dienst dafür nimmt, weiß Cutline nicht.`,
  there: (videos) =>
    n(videos, { one: '# Video ist schon im Index.', other: '# Videos sind schon im Index.' }),
  keptBack: (videos) =>
    n(videos, {
      one: '# Video wird zurückgehalten: wegen der Privatheit seines Ordners oder weil es ausgenommen ist.',
      other:
        '# Videos werden zurückgehalten: wegen der Privatheit eines Ordners oder weil sie ausgenommen sind.',
    }),
  container: 'Adresse eines Containers mit ihrer Signatur (SAS)',
  containerHint:
    'Die „Blob-SAS-URL“ eines eigenen Containers mit den Rechten Lesen, Erstellen und Schreiben. Sie wird nirgends aufbewahrt.',
  go: (videos) =>
    n(videos, { one: '# Video hochladen und hineingeben', other: '# Videos hochladen und hineingeben' }),
  stages: {
    waiting: 'Warten auf das, was früher begonnen wurde',
    upload: 'Hochladen',
    looking: 'Der Dienst sieht sie an',
  },
  statusGoing: {
    waiting: 'Videos gehen in einen Index',
    upload: 'Videos für einen Index werden hochgeladen',
    looking: 'Der Dienst sieht Videos an',
  },
  statusHeld: 'Videos warten darauf, in einen Index zu gehen',
  addition: 'Was in den Index gegeben wird',
  goesOn: 'Es geht weiter, auch wenn Sie etwas anderes tun, solange Cutline läuft.',
  stopped:
    'Vor dem Ende angehalten. Was hochgeladen wurde, bleibt dort und wird nicht noch einmal gesendet: Es geht weiter, wo es war.',
  nothingLost: 'Was hochgeladen wurde, bleibt dort und wird nicht noch einmal gesendet.',
  goOn: 'Weiter',
  giveUp: 'Aufgeben',
  isAdding: 'In diesen Index werden gerade Videos gegeben: siehe oben. Weitere gehen danach.',
  stop: 'Anhalten',
  added: (videos) =>
    n(videos, {
      one: '# Video wurde in den Index gegeben.',
      other: '# Videos wurden in den Index gegeben.',
    }),
  failed: (videos) => n(videos, { one: '# Video ist gescheitert.', other: '# Videos sind gescheitert.' }),
  fromSelection: 'In einen Video-Index geben …',
};
