import { Notification, powerMonitor, type BrowserWindow } from 'electron';
import type { EngineLink } from '../app/contract/engine-link.ts';
import type { RunId } from '../app/contract/ids.ts';
import type { Output } from '../app/contract/procedures.ts';
import { finishedRuns, progressOf, sentenceFor } from './run-progress.ts';
import type { Language } from './texts.ts';

/** How often the dock or taskbar is brought up to date, at most. */
const quietMs = 1_000;
/** Runs that are looked at; older ones are over. */
const recentRuns = 20;

type Runs = Output<'run.list'>;

/**
 * What the system shows of runs: progress on the dock or taskbar, a notification when one ends that nobody watched, and a
 * pause while the machine lives on its battery, if a person wants that.
 */
export function followRuns(
  link: EngineLink,
  {
    window,
    language,
  }: { readonly window: () => BrowserWindow | undefined; readonly language: () => Language },
): void {
  /** `undefined` until they were looked at once: what ended before is nobody's news. */
  let before: Runs | undefined;
  let isDue = false;

  const look = async (): Promise<void> => {
    const runs = await link.call('run.list', { limit: recentRuns });
    window()?.setProgressBar(progressOf(runs));
    const ended = before === undefined ? [] : finishedRuns(before, runs);
    before = runs;
    const { notifications } = await link.call('setting.get', {});
    if (!notifications || !Notification.isSupported() || window()?.isFocused() === true) return;
    for (const run of ended) {
      new Notification({ title: 'Cutline', body: sentenceFor(run, language()) }).show();
    }
  };
  const lookSoon = (): void => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      // The engine may just have ended; its next word brings us back here.
      look().catch(() => undefined);
    }, quietMs);
  };
  link.on('run.changed', lookSoon);
  link.on('asset.described', lookSoon);
  link.onReconnected(lookSoon);
  lookSoon();
  pauseOnBattery(link);
}

/** Only what was going on is paused, and only that goes on again when there is power. */
function pauseOnBattery(link: EngineLink): void {
  const held = new Set<RunId>();
  const hold = async (): Promise<void> => {
    const settings = await link.call('setting.get', {});
    if (!settings.pauseOnBattery) return;
    for (const { id, state } of await link.call('run.list', { limit: recentRuns })) {
      if (state !== 'running') continue;
      await link.call('run.pause', { id });
      held.add(id);
    }
  };
  const letGo = async (): Promise<void> => {
    const ids = [...held];
    held.clear();
    for (const id of ids) {
      const { state } = await link.call('run.get', { id });
      // A person may have decided otherwise meanwhile.
      if (state === 'paused') await link.call('run.resume', { id });
    }
  };
  powerMonitor.on('on-battery', () => {
    hold().catch(() => undefined);
  });
  powerMonitor.on('on-ac', () => {
    letGo().catch(() => undefined);
  });
  if (powerMonitor.isOnBatteryPower()) hold().catch(() => undefined);
}
