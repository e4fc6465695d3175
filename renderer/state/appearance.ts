import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/**
 * How the window looks, as a person chose it. Theme, contrast, language and size of text are settings of the library
 * (`looks.ts`); this is the page's copy of them, in its own storage, so that the first painted frame is already right. The
 * rest is the page's alone.
 */

export const themes = ['system', 'dark', 'light'] as const;
export type Theme = (typeof themes)[number];

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export const contrasts = ['system', 'more'] as const;
export type Contrast = (typeof contrasts)[number];

/** Percent of the usual size. */
export const textScales = [90, 100, 110, 125, 150] as const;
export type TextScale = (typeof textScales)[number];

export type Appearance = {
  readonly theme: Theme;
  readonly contrast: Contrast;
  /** `null` = as the system says. */
  readonly language: Language | null;
  readonly textScale: TextScale;
  /** Height in pixels that rows of the grid aim at: 80 to 480. */
  readonly rowHeightPx: number;
  readonly isSidebarOpen: boolean;
  /** In a narrow window: whether it lies open over the view. */
  readonly isSidebarOver: boolean;
  /** Ids of sidebar groups that a person folded. */
  readonly folded: readonly string[];
  /** Folders whose folders are shown. */
  readonly unfolded: readonly string[];
};

export const useAppearance = create<Appearance>()(
  persist(
    (): Appearance => ({
      theme: 'system',
      contrast: 'system',
      language: null,
      textScale: 100,
      rowHeightPx: 200,
      isSidebarOpen: true,
      isSidebarOver: false,
      folded: ['camera', 'place'],
      unfolded: [],
    }),
    { name: 'cutline.appearance', partialize: (all) => ({ ...all, isSidebarOver: false }) },
  ),
);

export function setAppearance(change: Partial<Appearance>): void {
  useAppearance.setState(change);
}

const light = window.matchMedia('(prefers-color-scheme: light)');
const more = window.matchMedia('(prefers-contrast: more)');

/** Puts the chosen theme, contrast and size on the document, now and whenever they change. */
export function applyAppearance(): void {
  const apply = (): void => {
    const { theme, contrast, textScale } = useAppearance.getState();
    const shown = theme === 'system' ? (light.matches ? 'light' : 'dark') : theme;
    document.documentElement.dataset['theme'] = shown;
    document.documentElement.dataset['contrast'] = contrast === 'more' || more.matches ? 'more' : 'usual';
    document.documentElement.style.setProperty('--text-scale', String(textScale / 100));
  };
  apply();
  useAppearance.subscribe(apply);
  light.addEventListener('change', apply);
  more.addEventListener('change', apply);
}
