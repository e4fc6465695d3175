import { Fragment } from 'react';
import { partsOfKeys } from '../../commands/keys.ts';
import { isMac } from '../../state/platform.ts';
import './kbd.css';

/** Keys as they stand on the keyboard. @param keys see `commands/keys.ts` */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="kbd-group">
      {partsOfKeys(keys, isMac).map((parts, step) => (
        <Fragment key={`${String(step)} ${parts.join()}`}>
          {parts.map((part) => (
            <kbd key={part} className="kbd">
              {part}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
