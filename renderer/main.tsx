import './design/base.css';
import './design/tokens.css';
import './design/forced-colors.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { listenForKeys } from './commands/key-listener.ts';
import { followEvents } from './engine/query-client.ts';
import { applyAppearance } from './state/appearance.ts';

applyAppearance();
listenForKeys();
followEvents();

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
