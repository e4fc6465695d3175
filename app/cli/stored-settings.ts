import type { Connection } from '../contract/models/connection.ts';
import type { ConnectionChoice } from './connection-choice.ts';

/** The settings with which a connection was saved. */
export function storedSettings({
  kind,
  endpoint,
  deployment,
  modelId,
  batchDeployment,
  apiVersion,
  ownPrice,
  concurrency,
}: Connection): ConnectionChoice['settings'] {
  return {
    kind,
    concurrency,
    ...(endpoint === null ? {} : { endpoint }),
    ...(deployment === null ? {} : { deployment }),
    ...(modelId === null ? {} : { modelId }),
    ...(batchDeployment === undefined ? {} : { batchDeployment }),
    ...(apiVersion === null ? {} : { apiVersion }),
    ...(ownPrice === null ? {} : { ownPrice }),
  };
}
