import type { ErrorCode, ErrorDetails } from '../errors.ts';
import { foundSize, reasonSentence, type SystemReasons } from './reason.ts';

/**
 * German, for the window alone: what happened, then what to do there. As in `en.ts`, a sentence may use the facts of
 * `details` and reads well without them. A `reason` comes in the words of the system or the service, whatever its language.
 */
type Sentence = (details: ErrorDetails) => string;

const at = (details: ErrorDetails): string => (details['path'] === undefined ? '' : ` (${details['path']})`);
const systemReasons: SystemReasons = {
  EACCES: 'Sie dürfen sie nicht lesen.',
  EPERM: 'Das System erlaubt es nicht.',
  EIO: 'Der Datenträger meldet einen Fehler.',
  EBUSY: 'Ein anderes Programm gibt sie nicht frei.',
  EMFILE: 'Zu viele Dateien sind offen.',
  ENFILE: 'Zu viele Dateien sind offen.',
  ELOOP: 'Es ist eine Verknüpfung, die im Kreis führt.',
  ENAMETOOLONG: 'Ihr Pfad ist dem System zu lang.',
  ENXIO: 'Es ist keine Datei, die sich lesen lässt.',
  ETIMEDOUT: 'Ihr Laufwerk oder ihre Freigabe antwortet nicht.',
};
const why = (details: ErrorDetails): string => reasonSentence(details, systemReasons);

/** Why nothing came from an address of the web. */
const webReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Dort antwortet niemand.',
  ENOTFOUND: 'Diesen Rechner gibt es nicht.',
  EAI_AGAIN: 'Sein Name lässt sich nicht nachschlagen: Vielleicht fehlt das Netz.',
};

/** What a folder's privacy does not allow. */
const keptPrivate: Readonly<Record<string, string>> = {
  'local-only':
    'Fotos seines Ordners dürfen diesen Rechner und sein Netz nicht verlassen. Ein eigener Server kann sie beschreiben.',
  'built-in-only': 'Nur der eingebaute Beschreiber darf Fotos seines Ordners lesen.',
};
const waiting = (details: ErrorDetails): string =>
  typeof details['pauseMs'] === 'number'
    ? ` Er bittet um ${Math.ceil(details['pauseMs'] / 1000)} s Pause.`
    : '';

export const germanMessages: Readonly<Record<ErrorCode, Sentence>> = {
  'invalid-input': (d) => String(d['reason'] ?? 'Das wurde nicht verstanden.'),
  'not-found': (d) => `${d['what'] ?? 'Das'} wurde nicht gefunden.${why(d)}`,
  conflict: (d) => `Das geht jetzt nicht.${why(d)}`,
  canceled: () => 'Abgebrochen.',
  'consent-needed': (d) =>
    d['fallback'] === undefined
      ? 'Das würde Geld kosten, und niemand hat zugestimmt. Stimmen Sie dem Plan zu oder setzen Sie ein Budget.'
      : `Fotos, die jetzt zu Hause bleiben, würden an ${d['fallback']} gesendet, und niemand hat dem zugestimmt. Erlauben Sie es im Plan.`,

  'library-in-use': (d) =>
    `Ein anderes Cutline benutzt diese Bibliothek${at(d)}.${why(d) || ' Schließen Sie es oder warten Sie, bis es fertig ist.'}`,
  'library-damaged': (d) =>
    `Die Datenbank der Bibliothek ist beschädigt${at(d)}. Nichts wurde verändert. Setzen Sie eine Sicherung an ihre Stelle oder verschieben Sie sie und lassen Sie neu einlesen.`,
  'library-unavailable': (d) =>
    `Der Ordner der Bibliothek ist nicht benutzbar${at(d)}.${why(d)} Wählen Sie einen anderen.`,
  'schema-too-new': (d) =>
    `Diese Bibliothek stammt von einem neueren Cutline (Schema ${d['found'] ?? '?'}, dieses kennt ${d['known'] ?? '?'}). Aktualisieren Sie Cutline; nichts wurde verändert.`,
  'disk-full': (d) =>
    `Der Datenträger ist voll${at(d)}. Nichts ist verloren: Schaffen Sie Platz und versuchen Sie es noch einmal.`,
  'read-only': (d) =>
    `Cutline darf hier nicht schreiben${at(d)}. Wählen Sie einen anderen Ordner für die Bibliothek.`,
  'root-offline': (d) =>
    `Dieser Ordner ist nicht erreichbar${at(d)}. Schließen Sie sein Laufwerk an oder verbinden Sie die Freigabe; seine Fotos bleiben in der Bibliothek.`,
  'watch-limit': (d) =>
    `Die Grenze des Systems für überwachte Ordner ist erreicht.${why(d)} Cutline liest stattdessen regelmäßig neu ein; erhöhen Sie fs.inotify.max_user_watches, damit Änderungen sofort erscheinen.`,

  'file-missing': () =>
    'Die Datei ist nicht mehr da. Wurde sie verschoben, lassen Sie den Ordner einlesen, in dem sie jetzt liegt.',
  'file-unreadable': (d) => `Die Datei ist nicht lesbar.${why(d)} Prüfen Sie ihre Zugriffsrechte.`,
  'file-empty': () =>
    'Die Datei ist leer (0 Byte). Kopieren Sie sie noch einmal von der Karte oder aus der Sicherung.',
  'file-changing': () => 'Die Datei wird noch kopiert. Sie wird aufgenommen, sobald sie vollständig ist.',
  'file-damaged': (d) =>
    `${d['what'] === 'video' ? 'Das Video' : 'Das Bild'} ist beschädigt oder abgeschnitten.${why(d)} Kopieren Sie es noch einmal von der Karte oder aus der Sicherung.`,
  'not-an-image': () => 'Die Datei ist kein Bild, was immer ihr Name sagt.',
  'not-a-photo': () => 'Kein Foto.',
  sidecar: () => 'Eine Begleitdatei: Sie gehört zu einem Foto und ist selbst keines.',
  'unsupported-format': (d) =>
    `${d['format'] ?? 'Dieses Format'} kann noch nicht beschrieben werden. Sobald eine Version es kann, wird es noch einmal versucht.`,
  'image-too-large': (d) =>
    `Das Bild hat zu viele Pixel${d['megapixels'] === undefined ? '' : ` (${d['megapixels']} Megapixel)`}. Legen Sie eine kleinere Kopie an.`,
  'cloud-placeholder': () =>
    'Die Datei liegt nur in der Cloud. Laden Sie sie herunter, um sie beschreiben zu lassen.',
  'no-preview': (d) =>
    d['reason'] === 'not-flattened'
      ? `${d['format'] ?? 'Das Dokument'} wurde ohne zusammengefügtes Bild gespeichert. Speichern Sie es noch einmal mit „Kompatibilität maximieren“, oder exportieren Sie ein JPEG daneben.`
      : `${d['format'] ?? 'Die RAW-Datei'} enthält kein Bild, das groß genug zum Anzeigen ist${foundSize(d) === undefined ? '' : ` (das größte hat ${foundSize(d)} Pixel)`}. Exportieren Sie ein JPEG daneben oder lassen Sie Ihren Konverter eine Vorschau hineinschreiben.`,
  'decoder-crashed': (d) =>
    `Das Bild hat den Decoder abstürzen lassen${typeof d['memoryMb'] === 'number' ? `, der mehr als ${d['memoryMb']} MB Speicher brauchte` : ''}. Es wird in Ruhe gelassen; versuchen Sie es nach einer Aktualisierung von Hand.`,
  'decoder-timeout': (d) =>
    `Das Dekodieren dauerte länger als ${typeof d['limitMs'] === 'number' ? `${Math.round(d['limitMs'] / 1000)} s` : 'erlaubt'}. Legen Sie eine einfachere Kopie an.`,

  'no-video-decoder': (d) =>
    d['reason'] === 'own-decoder'
      ? `Cutline allein kann nicht in dieses Video sehen${d['codec'] === undefined ? '' : ` (${d['codec']})`}: Weder es noch dieses System hat einen Decoder dafür. Installieren Sie ffmpeg (https://ffmpeg.org oder aus den Paketen Ihres Systems) oder nennen Sie es in den Einstellungen; das Bild kommt dann von selbst.`
      : d['reason'] === 'codec'
        ? `${d['command'] ?? 'ffmpeg'} hat keinen Decoder für dieses Video${d['codec'] === undefined ? '' : ` (${d['codec']})`}. Installieren Sie ein vollständiges ffmpeg oder nennen Sie eines in den Einstellungen; das Video wird auch ohne aufgenommen, gefunden und abgespielt.`
        : `Um in Videos zu sehen, braucht Cutline ffmpeg 4 oder neuer${d['reason'] === 'not-found' ? '' : `, und ${d['command'] ?? 'das genannte'} ist es nicht`}: Installieren Sie es (https://ffmpeg.org oder aus den Paketen Ihres Systems) oder nennen Sie es in den Einstellungen.`,
  'no-frames': (d) =>
    d['reason'] === 'sound-alone'
      ? 'Die Datei enthält nur Ton: Darin ist nichts zu sehen, und nichts zu beschreiben.'
      : `Aus dem Video lässt sich kein Bild lesen.${why(d)} Spielen Sie es ab, um zu sehen, ob es ganz ist; wenn nicht, kopieren Sie es noch einmal.`,
  'web-private': (d) =>
    `Die Adresse${d['host'] === undefined ? '' : ` von ${d['host']}`} liegt auf diesem Rechner oder in seinem Netz; Bilder werden nur aus dem öffentlichen Internet geholt. Speichern Sie das Bild selbst, und fügen Sie seinen Ordner hinzu.`,
  'web-unreachable': (d) =>
    `Das Bild kam nicht${d['host'] === undefined ? '' : ` von ${d['host']}`}${d['httpStatus'] === undefined ? '' : ` (HTTP ${d['httpStatus']})`}.${reasonSentence(d, webReasons)} Sehen Sie nach, ob sich die Adresse im Browser öffnet, und versuchen Sie es noch einmal.`,
  'web-no-picture': (d) =>
    `Unter der Adresse bei ${d['host'] ?? 'diesem Server'} liegt kein Bild${d['type'] === undefined ? '' : `, sondern ${d['type']}`}. Nehmen Sie die Adresse des Bildes selbst, nicht die der Seite, die es zeigt.`,
  'web-too-large': (d) =>
    `Was bei ${d['host'] ?? 'dieser Adresse'} liegt, ist größer als ${d['limitMb'] ?? 100} MB. Laden Sie es selbst herunter, und fügen Sie seinen Ordner hinzu.`,

  'retrieval-missing': () =>
    'Dieser Endpunkt hat keine Videosuche: Microsoft hat sie am 30. Juni 2025 abgeschaltet. Lassen Sie Videos stattdessen nach ihren Einzelbildern beschreiben, und suchen Sie in den Beschreibungen; den Index gibt es nur noch, wo ein Server ihn anbietet.',
  'sas-expired': () =>
    'Die Signatur in der Adresse des Containers (SAS) ist abgelaufen. Erstellen Sie eine neue mit den Berechtigungen Lesen, Erstellen und Schreiben, und geben Sie denselben Befehl noch einmal: Was hochgeladen ist, bleibt dort und wird nicht zweimal gesendet.',
  'upload-refused': (d) =>
    `Das Speicherkonto hat das Video nicht angenommen${d['serviceCode'] === undefined ? '' : ` (${d['serviceCode']})`}.${why(d) || ' Prüfen Sie die Adresse des Containers und was ihre Signatur erlaubt.'}`,
  'video-not-indexed': (d) =>
    `Der Dienst hat das Video nicht in seinen Index aufgenommen.${why(d)} Geben Sie denselben Befehl noch einmal, um es wieder zu versuchen.`,

  'budget-exceeded': (d) =>
    d['isOverall'] === true
      ? `Das Monatsbudget${d['budget'] === undefined ? '' : ` von ${d['budget']}`} für alles lässt keine weitere Anfrage zu. Nichts ist verloren: Nächsten Monat oder mit einem größeren Budget in den Einstellungen geht es weiter.`
      : `Das Budget${d['budget'] === undefined ? '' : ` von ${d['budget']}`} lässt keine weitere Anfrage zu. Nichts ist verloren: Mit einem größeren Budget geht es weiter.`,
  'price-unknown': (d) =>
    `Der Preis${d['model'] === undefined ? '' : ` von ${d['model']}`} ist nicht bekannt, deshalb lässt sich kein Budget einhalten. Tragen Sie Modell oder Preis bei der Verbindung ein.`,

  'provider-unauthorized': () => 'Der Schlüssel wurde abgelehnt. Prüfen Sie Schlüssel und Endpunkt.',
  'provider-forbidden': (d) =>
    `Der Zugriff wurde verweigert.${why(d)} Prüfen Sie Rolle, Netzwerkregeln und Konto.`,
  'provider-deployment-not-found': (d) =>
    `Das Deployment oder Modell${d['deployment'] === undefined ? '' : ` „${d['deployment']}“`} gibt es an diesem Endpunkt nicht. Prüfen Sie den Namen; ein neues Deployment braucht fünf Minuten.${d['known'] === undefined ? '' : ` Vorhanden: ${d['known']}.`}`,
  'provider-not-found': () => 'Der Endpunkt kennt diese Adresse nicht. Prüfen Sie Endpunkt und API-Version.',
  'provider-no-vision': (d) =>
    `${d['model'] ?? 'Dieses Modell'} kann keine Bilder sehen. ${d['instead'] === undefined ? 'Wählen Sie eines, das es kann' : `Wählen Sie eines dieses Servers, das es kann: ${d['instead']}`}.${d['isName'] === true ? ' Steht ein anderes Modell hinter diesem Namen, geben Sie es an.' : ''}`,
  'no-questions': () =>
    'Der eingebaute Beschreiber kennt Fakten und keine Bilder, und die Bildanalyse beschreibt nur: Fragen beantworten sie nicht. Fragen Sie ein Modell: Richten Sie unter Einstellungen eine Verbindung ein, etwa zu Azure OpenAI, OpenAI oder einem eigenen Server wie Ollama.',
  'too-many-photos': (d) =>
    `${d['model'] ?? 'Dieses Modell'} nimmt ${d['limit'] === undefined ? 'weniger Fotos' : `höchstens ${d['limit']} Fotos`} in einer Frage${d['photos'] === undefined ? '' : `, und hier sind es ${d['photos']}`}. Fragen Sie zu weniger Fotos.`,
  'entra-sign-in-needed': () =>
    'Dieser Rechner ist nicht bei Microsoft Entra angemeldet. Führen Sie az login (oder azd auth login) aus, oder setzen Sie AZURE_TENANT_ID, AZURE_CLIENT_ID und AZURE_CLIENT_SECRET; dann versuchen Sie es wieder.',
  'provider-misconfigured': (d) => `Die Verbindung ist nicht vollständig.${why(d)}`,
  'provider-rate-limited': (d) =>
    `Die Ratengrenze des Dienstes ist erreicht.${waiting(d)} Cutline macht von selbst weiter.`,
  'provider-unavailable': (d) => {
    const how =
      d['httpStatus'] === 200
        ? 'seine Antwort mit einem Fehler abgebrochen'
        : `versagt${d['httpStatus'] === undefined ? '' : ` (${d['httpStatus']})`}`;
    return d['isQuestion'] === true
      ? `Der Dienst hat ${how}. Fragen Sie noch einmal.`
      : `Der Dienst hat immer wieder ${how}. Versuchen Sie die fehlgeschlagenen Fotos später noch einmal.`;
  },
  'provider-unreachable': (d) =>
    `Der Dienst ist nicht erreichbar${d['host'] === undefined ? '' : ` (${d['host']})`}. Prüfen Sie das Netz; die Warteschlange bleibt erhalten und macht von selbst weiter.`,
  'provider-cut-off': () =>
    'Die Verbindung brach mitten in einer Antwort ab. Die Anfrage wurde vielleicht berechnet.',
  'provider-timeout': () => 'Es kam rechtzeitig keine Antwort. Die Anfrage wurde vielleicht berechnet.',
  'provider-bad-request': (d) => `Der Dienst hat die Anfrage nicht angenommen.${why(d)}`,
  'provider-bad-response': (d) =>
    `Die Antwort war nicht zu verstehen.${why(d)} Sie ist aufgehoben und kann kostenlos noch einmal gelesen werden.`,
  'provider-image-refused': (d) => `Der Dienst hat das Bild nicht angenommen.${why(d)}`,
  'provider-request-too-large': () =>
    'Die Anfrage ist zu groß für den Dienst. Stellen Sie weniger Bildtoken ein.',
  'content-filtered': (d) =>
    `Der Inhaltsfilter des Dienstes hat es gesperrt${d['category'] === undefined ? '' : `: ${d['category']}`}. Es wird nicht von selbst noch einmal gesendet.`,
  refused: (d) => `Das Modell hat die Antwort abgelehnt.${why(d)}`,
  'answer-truncated': () =>
    'Die Antwort war zweimal länger als ihre Grenze. Verlangen Sie weniger Stichwörter oder eine kürzere Bildunterschrift.',
  'answer-empty': () => 'Das Modell gab eine leere Antwort.',
  'answer-lost': () => 'Cutline endete, bevor die Antwort kam. Sie wurde vielleicht berechnet.',
  excluded: () =>
    'Es wurde von Beschreibungen ausgeschlossen. Nehmen Sie es wieder auf, um es beschreiben zu lassen.',
  privacy: (d) =>
    `Bleibt privat: ${keptPrivate[String(d['privacy'])] ?? 'Die Einstellung seines Ordners lässt es nicht zu.'} In den Einstellungen steht für jeden Ordner, was gesendet werden darf.`,

  'engine-closed': () => 'Cutline war gerade nicht erreichbar. Versuchen Sie es noch einmal.',
  'engine-crashed': () =>
    'Der Teil von Cutline, der mit den Fotos arbeitet, ist mehrmals abgestürzt. Nichts ist verloren. Versuchen Sie es noch einmal; wenn es wieder geschieht, steht im Protokoll im Ordner der Bibliothek, was er gerade tat.',
  internal: (d) =>
    `Etwas Unerwartetes ist geschehen.${why(d)} Einzelheiten stehen im Protokoll der Bibliothek.`,
};
