import { gigabytes, megabytes, type FindingSentences } from './findings.ts';

const keptIn: Readonly<Record<string, string>> = {
  environment: 'in der Umgebung',
  system: 'verschlüsselt durch dieses System',
  'system-weak': 'verschlüsselt mit einem Passwort, das alle kennen, denn dieses System hat kein eigenes',
  keyring: 'im Schlüsselbund des Systems',
  file: 'in einer Datei, die nur Sie lesen können',
  memory: 'bis Cutline endet',
};

const comma = (text: string): string => text.replace('.', ',');

/** German, for the window alone. */
function videosWait(videos: string | number | undefined): string {
  const count = Number(videos ?? 0);
  return `${count.toLocaleString('de')} ${count === 1 ? 'Video hat' : 'Videos haben'} kein Bild`;
}

export const germanFindings: FindingSentences = {
  'folder-writable': (f) => `Der Ordner der Bibliothek ist beschreibbar: ${f['path']}`,
  'folder-open-to-others': (f) =>
    `Der Ordner der Bibliothek ist für andere Benutzer dieses Rechners lesbar: ${f['path']}. Mit chmod 700 bleibt er bei Ihnen.`,
  'folder-not-writable': (f) =>
    `Der Ordner der Bibliothek ist nicht beschreibbar: ${f['path']}. Ändern Sie seine Rechte.`,

  'space-enough': (f) => `Neben der Bibliothek sind ${comma(gigabytes(f['freeBytes']))} frei.`,
  'space-short': (f) =>
    `Neben der Bibliothek sind nur ${comma(gigabytes(f['freeBytes']))} frei. Die Vorschaubilder von ${f['photos']} Fotos brauchen mehr: Schaffen Sie Platz.`,
  'space-nearly-none': (f) =>
    `Der Datenträger der Bibliothek ist fast voll (${comma(gigabytes(f['freeBytes']))}). Schaffen Sie Platz; bis dahin kann nichts beschrieben werden.`,

  'database-sound': () => 'Die Datenbank ist in Ordnung.',
  'database-damaged': (f) =>
    `Die Datenbank ${f['path']} ist beschädigt: ${f['reason']}. Schließen Sie Cutline und setzen Sie zuerst eine Sicherung an ihre Stelle, ohne ihre Dateien -wal und -shm${f['copies'] ? ` (daneben liegen: ${f['copies']})` : '; ohne eine verschieben Sie sie und lassen Sie neu einlesen'}.`,
  'index-complete': () => 'Die Suche kennt jedes Foto.',
  'index-behind': (f) =>
    `Die Suche muss noch ${f['photos']} Fotos aufnehmen. Sie tut es, während Cutline läuft.`,
  'renditions-fit': (f) => `Jedes der ${f['files']} Vorschaubilder gehört zu einem Foto.`,
  'renditions-orphaned': (f) =>
    `Vorschaubilder zu keinem Foto dieser Bibliothek: ${f['files']} (${megabytes(f['sizeBytes'])}). Aufräumen entfernt sie.`,

  'photos-well': () => 'Kein Foto ist misslungen.',
  'photos-failed': (f, why) =>
    `${f['photos']} ${f['photos'] === 1 ? 'Foto ist' : 'Fotos sind'} misslungen: ${why} Unter „Misslungen“ stehen sie links in der Übersicht.`,

  'root-there': (f) => `${f['path']} ist da.`,
  'root-gone': (f) =>
    `${f['path']} ist nicht erreichbar. Seine Fotos bleiben in der Bibliothek; ist er umgezogen, geben Sie in den Einstellungen seinen neuen Ort an.`,
  'root-unreadable': (f) => `${f['path']} ist nicht lesbar (${f['reason']}). Ändern Sie seine Rechte.`,
  'watch-limit-enough': (f) =>
    `Ordner, die zu überwachen sind: ${f['folders']} von ${f['limit']}, die das System erlaubt.`,
  'watch-limit-low': (f) =>
    `${f['folders']} Ordner, und das System lässt alle Programme zusammen ${f['limit']} überwachen. Erhöhen Sie fs.inotify.max_user_watches oder verlassen Sie sich auf das Einlesen.`,

  'clock-plausible': () => 'Die Uhr dieses Rechners ist plausibel.',
  'clock-behind-files': (f) =>
    `Dateien sind auf später als jetzt datiert, bis ${f['newest']}: Die Uhr dieses Rechners oder einer Kamera geht vielleicht falsch.`,
  'clock-before-release': (f) =>
    `Die Uhr dieses Rechners zeigt ${f['now']}; da gab es Cutline noch nicht. Stellen Sie sie: Dienste lehnen solche Anfragen ab.`,
  'clock-agrees': (f) => `Die Uhr dieses Rechners stimmt mit der von ${f['host']} überein.`,
  'clock-differs': (f) =>
    `Die Uhr dieses Rechners geht gegenüber der von ${f['host']} um ${f['minutes']} Minuten ${f['direction'] === 'ahead' ? 'vor' : 'nach'}. Stellen Sie sie: Dienste prüfen die Zeit von Anfragen und Zertifikaten.`,

  'perl-runs': (f) => `Perl ${f['version']} läuft.`,
  'perl-missing': (f) =>
    `Perl läuft nicht (${f['reason']}). ExifTool braucht es: Installieren Sie Perl, sonst fehlen Ortsnamen und die Metadaten seltener Formate.`,
  'exiftool-runs': (f) =>
    `ExifTool ${f['version']} läuft: Die Metadaten aller Formate können gelesen werden.`,
  'exiftool-fails': (f) =>
    `ExifTool läuft nicht (${f['reason']}). Metadaten gängiger Formate werden ohne es gelesen, Ortsnamen nicht.`,
  'digest-there': () => 'Perls Digest::MD5 ist da.',
  'digest-missing': () =>
    'Perls Digest::MD5 fehlt; Cutline nimmt seine eigene Prüfsumme des Bildes. Unter Debian und Ubuntu ist es im Paket perl.',
  'places-known': () => 'Orte werden ohne Netz benannt. Ortsdaten: GeoNames (geonames.org), CC BY 4.0.',
  'places-unknown': () =>
    'ExifTool fehlen die Ortsdaten (Geolocation.dat), deshalb bekommt kein Foto einen Ortsnamen. Installieren Sie Cutline neu.',

  'ffmpeg-runs': (f) => `ffmpeg ${f['version']} läuft: Videos haben Bilder.`,
  'ffmpeg-not-needed': () =>
    'Hier ist kein ffmpeg, und kein Video wartet darauf. Mit ihm haben Videos jeder Art Bilder und können beschrieben werden.',
  'ffmpeg-lacks': (f) =>
    `${videosWait(f['videos'])}: ffmpeg ${f['version']} (${f['command']}) hat keinen Decoder dafür. Installieren Sie ein vollständiges ffmpeg oder nennen Sie eines in den Einstellungen unter Untersuchung.`,
  'ffmpeg-missing': (f) =>
    `${videosWait(f['videos'])}: ffmpeg wurde nicht gefunden (${f['command']}). Installieren Sie es (https://ffmpeg.org oder aus den Paketen Ihres Systems) oder nennen Sie es in den Einstellungen unter Untersuchung.`,
  'ffmpeg-too-old': (f) =>
    `${f['command']} ist älter als ffmpeg 4, das Videos brauchen${Number(f['videos']) === 0 ? '' : `; ${videosWait(f['videos'])}`}. Installieren Sie ein neueres oder nennen Sie es in den Einstellungen unter Untersuchung.`,
  'ffmpeg-broken': (f) =>
    `${f['command']} antwortet nicht, wie ffmpeg es tut${Number(f['videos']) === 0 ? '' : `; ${videosWait(f['videos'])}`}. Nennen Sie ein anderes in den Einstellungen unter Untersuchung.`,

  'key-there': (f) => `${f['name']} hat einen Schlüssel, ${keptIn[f['place'] ?? ''] ?? f['place']}.`,
  'key-weakly-kept': (f) =>
    `Der Schlüssel von ${f['name']} ist ${keptIn[f['place'] ?? ''] ?? f['place']}. Wer Ihre Dateien lesen kann, kann auch ihn lesen: Richten Sie einen Schlüsselbund ein und geben Sie ihn noch einmal ein.`,
  'key-missing': (f) =>
    `${f['name']} hat keinen Schlüssel, und der Dienst verlangt einen. Geben Sie ihn bei der Verbindung ein.`,

  'connection-ready': (f) => `${f['name']} ist bereit.`,
  'connection-offline': (f) =>
    `${f['name']} war beim letzten Versuch nicht erreichbar. Es geht von selbst weiter.`,
  'connection-blocked': (f, why) => `${f['name']} wartet auf Sie: ${why}`,
  'connection-answers': (f) =>
    `${f['name']} antwortet${f['model'] === undefined ? '' : ` mit ${f['model']}`}. Es wurde nichts gesendet, was kostet.`,
  'connection-fails': (f, why) => `${f['name']}: ${why}`,

  'server-found': (f) =>
    `${f['server']} läuft unter ${f['endpoint']}; diese Modelle sehen Bilder: ${f['seeing']}.`,
  'server-locked': (f) => `Unter ${f['endpoint']} läuft ein Modellserver, der einen Schlüssel verlangt.`,
  'server-unsaid': (f) =>
    `${f['server']} läuft unter ${f['endpoint']} und sagt nicht, was seine Modelle sehen. Das Beschreiben findet es heraus, bevor ein Foto gesendet wird.`,
  'server-blind': (f) =>
    `${f['server']} läuft unter ${f['endpoint']}, und keines seiner Modelle sieht Bilder. Laden Sie eines, das es kann.`,
  'server-none': () =>
    'An den üblichen Anschlüssen dieses Rechners läuft kein Modellserver (Ollama, LM Studio, llama.cpp, vLLM).',
};
