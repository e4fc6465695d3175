import { formatBytes } from '../format.ts';
import type { upkeep as english } from '../en/upkeep.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const upkeep: typeof english = {
  checkUpText:
    'Sieht nach Ordnern, Platz, Werkzeugen, Schlüsseln, Verbindungen und der Datenbank. Nichts wird gesendet und nichts verändert.',
  online: 'Auch die Dienste fragen',
  looking: (findings) =>
    n(findings, { one: 'Sieht nach: # Punkt bisher', other: 'Sieht nach: # Punkte bisher' }),
  verdict: (problems, warnings) =>
    problems + warnings === 0
      ? 'Alles ist in Ordnung.'
      : [
          ...(problems > 0 ? [n(problems, { one: '# Problem', other: '# Probleme' })] : []),
          ...(warnings > 0
            ? [
                n(warnings, {
                  one: '# Punkt, der einen Blick wert ist',
                  other: '# Punkte, die einen Blick wert sind',
                }),
              ]
            : []),
        ].join(', '),
  levels: { ok: 'in Ordnung', warning: 'einen Blick wert', problem: 'Schwierigkeit' },
  tidy: 'Aufräumen',
  tidied: (files, bytes) =>
    `${n(files, { one: '# Datei entfernt', other: '# Dateien entfernt' })}, ${formatBytes(bytes, 'de')} frei geworden`,
  videos: 'Videos',
  ffmpeg: 'ffmpeg',
  ffmpegHint:
    'Das Programm, das Bilder aus Videos holt, Version 4 oder neuer. Leer: das, welches dieses System selbst findet.',
  testFfmpeg: 'ffmpeg prüfen',
  ffmpegFound: (command, version) =>
    `${command} ist ffmpeg ${version}: Videos haben Bilder und können beschrieben werden.`,
  ownDecoder: 'Bis dahin sieht Cutline in die meisten Videos selbst.',
  videosWait: (videos) =>
    n(videos, { one: '# Video wartet auf sein Bild.', other: '# Videos warten auf ihre Bilder.' }),
  backUp: 'Sicherung',
  backUpText:
    'Eine geprüfte Kopie von allem, was über Ihre Fotos gesagt wurde, in einer Datei, während Cutline weiterläuft. Die Fotos selbst sind nicht darin.',
  backUpInto: 'Eine Sicherung ablegen …',
  backUpTitle: 'Wo soll die Sicherung liegen?',
  backingUp: 'Speichern und Prüfen, in Prozent',
  backedUp: (path, bytes) => `Gespeichert und geprüft: ${path} (${formatBytes(bytes, 'de')}).`,
};
