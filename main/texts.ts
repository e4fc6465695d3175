import type { Look } from '../app/contract/desktop.ts';

export type Language = Look['language'];

/** What the desktop says where no page can: everything else is said by the window (`renderer/texts/`). */
type Texts = {
  /** While the engine finishes what was sent. */
  readonly quit: {
    readonly message: string;
    readonly detail: string;
    /** Keep waiting, quit now. */
    readonly buttons: readonly [wait: string, quit: string];
  };
  /** Of a run that is over. Counts as they are written in that language. */
  readonly described: (photos: number, connection: string, failed: number) => string;
};

export const textsIn: Readonly<Record<Language, Texts>> = {
  en: {
    quit: {
      message: 'Cutline waits for answers that are already paid for.',
      detail: 'If it quits now, they may be lost. Everything else is kept, and goes on the next time.',
      buttons: ['Keep waiting', 'Quit now'],
    },
    described: (photos, connection, failed) => {
      const count = `${photos.toLocaleString('en')} ${photos === 1 ? 'photo' : 'photos'}`;
      return `${count} described with ${connection}.${failed === 0 ? '' : ` ${failed.toLocaleString('en')} failed.`}`;
    },
  },
  de: {
    quit: {
      message: 'Cutline wartet auf Antworten, die schon bezahlt sind.',
      detail:
        'Wird es jetzt beendet, können sie verloren gehen. Alles andere bleibt und geht beim nächsten Mal weiter.',
      buttons: ['Weiter warten', 'Jetzt beenden'],
    },
    described: (photos, connection, failed) => {
      const count = `${photos.toLocaleString('de')} ${photos === 1 ? 'Foto' : 'Fotos'}`;
      const problems = failed === 0 ? '' : ` ${failed.toLocaleString('de')} gingen nicht.`;
      return `${count} mit ${connection} beschrieben.${problems}`;
    },
  },
};
