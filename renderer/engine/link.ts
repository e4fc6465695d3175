import { EngineLink } from '../../app/contract/engine-link.ts';
import { desktop, openDesktopPort } from './desktop-port.ts';
import { openSocketPort } from './socket-port.ts';

/** The page's one way to its engine, for as long as the page lives. */
export const link = new EngineLink({
  connect: () => (desktop === undefined ? openSocketPort() : openDesktopPort(desktop)),
  clock: {
    now: () => Date.now(),
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs);
      return () => {
        clearTimeout(timer);
      };
    },
  },
});
