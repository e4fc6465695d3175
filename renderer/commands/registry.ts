import { useLayoutEffect } from 'react';
import { create } from 'zustand';
import type { Command } from './command.ts';

/** All commands that can be given now, by their id. The one that was registered last wins while it is there. */
const useRegistry = create<{ readonly sets: readonly (readonly Command[])[] }>()(() => ({ sets: [] }));

function register(commands: readonly Command[]): () => void {
  useRegistry.setState(({ sets }) => ({ sets: [...sets, commands] }));
  return () => {
    useRegistry.setState(({ sets }) => ({ sets: sets.filter((set) => set !== commands) }));
  };
}

function listOf(sets: readonly (readonly Command[])[]): readonly Command[] {
  const byId = new Map<string, Command>();
  for (const command of sets.flat()) byId.set(command.id, command);
  return [...byId.values()];
}

/**
 * Registers commands while the component is shown, from the moment that it can be seen: a key that is pressed at once is heard.
 * Memoise the list: a new one is registered anew.
 */
export function useCommands(commands: readonly Command[]): void {
  useLayoutEffect(() => register(commands), [commands]);
}

/** All commands, for the palette and the cheat sheet. */
export function useAllCommands(): readonly Command[] {
  return listOf(useRegistry((registry) => registry.sets));
}

export function allCommands(): readonly Command[] {
  return listOf(useRegistry.getState().sets);
}

export function canRun(command: Command): boolean {
  return command.when?.() ?? true;
}

/** @returns whether there was such a command and it could be done */
export function runCommand(id: string): boolean {
  const command = allCommands().find((known) => known.id === id);
  if (command === undefined || !canRun(command)) return false;
  command.run();
  return true;
}
