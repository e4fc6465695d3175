import { expect } from 'vitest';

// Vitest's own are `any`, which would let an expectation stand for a value of the wrong type.

export const anyNumber = expect.any(Number) as number;
export const anyText = expect.any(String) as string;
export const closeTo = (number: number): number => expect.closeTo(number) as number;
export const textWith = (part: string): string => expect.stringContaining(part) as string;
export const textLike = (pattern: RegExp): string => expect.stringMatching(pattern) as string;

/** JSON whose root is an object. */
export const parseObject = (json: string): Record<string, unknown> =>
  JSON.parse(json) as Record<string, unknown>;
