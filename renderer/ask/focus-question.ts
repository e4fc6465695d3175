import { useEffect, type RefObject } from 'react';
import { create } from 'zustand';

/** Kept until the field is there: the panel may be shown by the same command. */
const useWish = create<{ readonly isWished: boolean }>()(() => ({ isWished: false }));

/** A command asks a question: the keyboard goes to its field, which takes it once and never by itself. */
export function wishToAsk(): void {
  useWish.setState({ isWished: true });
}

/** Gives the field the keyboard when a command wishes for it. */
export function useQuestionFocus(field: RefObject<HTMLElement | null>): void {
  const isWished = useWish((wish) => wish.isWished);
  // After each drawing: the field comes only with somebody who can answer.
  useEffect(() => {
    if (!isWished || field.current === null) return;
    useWish.setState({ isWished: false });
    field.current.focus();
  });
}
