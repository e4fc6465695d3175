import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { EngineHost } from '../../app/host/engine-host.ts';
import { portOver } from '../../app/host/ports.ts';
import { silentLog } from '../../app/platform/log.ts';
import { describeContract } from './contract-suite.ts';

describeContract('a MessageChannel', (libraryFolder) => {
  const engine = new EngineHost({ libraryFolder, log: silentLog });
  const ends: MessagePort[] = [];
  engine.open();
  return Promise.resolve({
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      ends.push(port2);
      engine.connect(portOver(port2));
      return portOver(port1);
    },
    cut: () => {
      for (const end of ends.splice(0)) end.close();
    },
    close: () => engine.close({ abort: true }),
  });
});
