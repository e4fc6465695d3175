import { MessageCircleQuestion, Pencil, Search, X } from 'lucide-react';
import type { Command } from '../../commands/command.ts';
import type { Objects } from './use-objects.ts';

/** What can be done with one object, as a menu shows it. */
export function objectCommands(objects: Objects, index: number): readonly (readonly Command[])[] {
  const ask = objects.ask(index);
  return [
    [
      {
        id: 'object.search',
        group: 'photo',
        title: (texts) => texts.objects.search,
        icon: Search,
        run: () => {
          objects.search(index);
        },
      },
      {
        id: 'object.ask',
        group: 'photo',
        title: (texts) => texts.objects.ask,
        icon: MessageCircleQuestion,
        when: () => ask !== undefined,
        run: () => ask?.(),
      },
    ],
    [
      {
        id: 'object.rename',
        group: 'photo',
        title: (texts) => texts.objects.rename,
        icon: Pencil,
        run: () => {
          objects.startRenaming(index);
        },
      },
      {
        id: 'object.remove',
        group: 'photo',
        title: (texts) => texts.objects.remove,
        icon: X,
        run: () => void objects.remove(index),
      },
    ],
  ];
}
