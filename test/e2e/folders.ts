import type { Page } from '@playwright/test';
import { expect, type App } from './app.ts';

type Choice = {
  /** What opens the dialog. */
  readonly button: string;
  /** Of the window's own, where the system has none. */
  readonly dialog: string;
  /** The folder, or one in it: it is where the app's person is at home. */
  readonly home: string;
  /** Its name, where it is one in it. */
  readonly name?: string;
};

/** Chooses a folder in the system's dialog, which the test answers; in a browser in the app's own. */
export async function chooseFolder(
  app: App,
  page: Page,
  { button, dialog, home, name }: Choice,
): Promise<void> {
  const path = name === undefined ? home : `${home}/${name}`;
  if (app.electron !== undefined) {
    await app.electron.evaluate(({ dialog: system }, chosen) => {
      system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, path);
    await page.getByRole('button', { name: button }).click();
    return;
  }
  await page.getByRole('button', { name: button }).click();
  const picker = page.getByRole('dialog', { name: dialog });
  await picker.getByRole('list', { name: 'Places' }).getByRole('button').first().click();
  if (name !== undefined) {
    await picker.getByRole('list', { name: 'Folders in it' }).getByRole('button', { name }).click();
  }
  await expect(picker.getByText(path, { exact: true })).toBeVisible();
  await picker.getByRole('button', { name: 'Choose this folder' }).click();
}
