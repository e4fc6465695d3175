import type { DescriptionField } from '../contract/models/description.ts';
import type { DetailChoice } from '../contract/models/detail.ts';

/** What is asked for, as the flags of describe, plan and folders rule say it. */
export type PromptFlags = {
  readonly detail: DetailChoice;
  readonly maxImageTokens?: number;
  readonly prompt: string;
  readonly language?: string;
  readonly fields?: DescriptionField[];
  readonly keywords?: { readonly min: number; readonly max: number };
  readonly keywordForm?: 'words' | 'phrases';
  readonly style?: string;
  /** @default 'alone' */
  readonly bursts?: 'alone' | 'together';
  readonly again?: boolean;
  readonly outdated?: boolean;
};
