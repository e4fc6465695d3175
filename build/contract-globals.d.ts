/**
 * What Node and every browser have alike, and the contract may use although it sees neither's types: named here one by
 * one, so that nothing else slips in.
 */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
