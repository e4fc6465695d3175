import type { DetailChoice } from '../contract/models/detail.ts';
import type { ConnectionFlags } from './connection-choice.ts';
import type { WrittenCrop } from './parse-crop.ts';
import type { Moment } from './parse-moment.ts';

/** What `ask` is asked for, apart from photos and question. */
export type AskFlags = ConnectionFlags & {
  readonly thread?: number;
  readonly crop?: WrittenCrop;
  readonly moment?: Moment;
  readonly useAs?: 'caption' | 'keywords';
  readonly detail?: DetailChoice;
  readonly maxImageTokens?: number;
  readonly budget?: number;
  readonly yes?: true;
  readonly wait?: true;
  readonly allowPrivate?: true;
  readonly sendUrl?: true;
};
