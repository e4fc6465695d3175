/** How a library is examined. */
export type Examination = {
  /** Asks services and local servers too. Nothing that costs is sent, and no picture. */
  readonly isOnline: boolean;
  /** Where to look for servers of models on this machine. @default their usual ports */
  readonly ports?: readonly number[] | undefined;
  readonly signal: AbortSignal;
};
