import type { ConnectionId } from '../../app/contract/ids.ts';
import type { Arguments } from '../../app/contract/procedures.ts';
import type { App } from './app.ts';

type Service = Pick<App, 'call' | 'emulator'>;
type AzureSettings = Omit<Arguments<'connection.save'>, 'kind' | 'endpoint'>;

/** A model whose price is known, by the dated form of the address. */
const usual = { deployment: 'gpt-41', apiVersion: '2024-10-21', modelId: 'gpt-4.1' };

/** The emulator as a connection; its key is in the environment. */
export async function connectAzure(
  { call, emulator }: Service,
  settings: AzureSettings = usual,
): Promise<ConnectionId> {
  const { id } = await call('connection.save', {
    kind: 'azure-openai',
    endpoint: emulator.endpoint,
    ...settings,
  });
  return id;
}

/** The emulator as Azure AI Vision, with its key. */
export async function connectVision(service: Service): Promise<ConnectionId> {
  const { id } = await service.call('connection.save', {
    kind: 'azure-vision',
    endpoint: service.emulator.endpoint,
  });
  await giveKey(service, id);
  return id;
}

/** As a person would in the connection's settings. */
export async function giveKey({ call, emulator }: Service, connectionId: ConnectionId): Promise<void> {
  await call('secret.set', { connectionId, key: emulator.key });
}
