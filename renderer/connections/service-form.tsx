import { Field } from '../design/components/field.tsx';
import { useTexts } from '../texts/use-texts.ts';

export type ServiceKind = 'azure-openai' | 'openai-compatible';

/** What a person enters of a service. */
export type Service = {
  readonly endpoint: string;
  readonly deployment: string;
  readonly apiVersion: string;
  readonly modelId: string;
  /** Goes to where keys are kept, never into the settings. Empty: none, or the one of the environment. */
  readonly key: string;
};

const empty: Service = { endpoint: '', deployment: '', apiVersion: '', modelId: '', key: '' };

export const usualService: Record<ServiceKind, Service> = {
  'azure-openai': empty,
  'openai-compatible': { ...empty, endpoint: 'https://api.openai.com/v1' },
};

/** Enough was entered to try it. */
export function isComplete({ endpoint, deployment }: Service): boolean {
  return URL.canParse(endpoint) && deployment.trim() !== '';
}

type ServiceFormProps = {
  readonly kind: ServiceKind;
  readonly service: Service;
  readonly onChange: (service: Service) => void;
};

/** Where a service is and what it is to answer with. */
export function ServiceForm({ kind, service, onChange }: ServiceFormProps) {
  const texts = useTexts();
  const { endpoint, deployment, apiVersion, modelId, key } = service;
  const isAzure = kind === 'azure-openai';
  const isAddress = endpoint === '' || URL.canParse(endpoint);
  return (
    <div className="servers">
      <Field
        label={texts.connections.endpoint}
        type="url"
        placeholder={isAzure ? 'https://….openai.azure.com' : 'https://…/v1'}
        value={endpoint}
        error={isAddress ? undefined : texts.connections.noAddress}
        onChange={(event) => {
          onChange({ ...service, endpoint: event.target.value.trim() });
        }}
      />
      <Field
        label={isAzure ? texts.connections.deployment : texts.connections.model}
        hint={isAzure ? texts.connections.deploymentHint : texts.connections.modelNameHint}
        value={deployment}
        onChange={(event) => {
          onChange({ ...service, deployment: event.target.value });
        }}
      />
      <Field
        label={texts.connections.key}
        type="password"
        autoComplete="off"
        hint={texts.connections.keyHint}
        value={key}
        onChange={(event) => {
          onChange({ ...service, key: event.target.value });
        }}
      />
      {isAzure && (
        <>
          <Field
            label={texts.connections.model}
            hint={texts.connections.modelHint}
            value={modelId}
            onChange={(event) => {
              onChange({ ...service, modelId: event.target.value });
            }}
          />
          <Field
            label={texts.connections.apiVersion}
            hint={texts.connections.apiVersionHint}
            value={apiVersion}
            onChange={(event) => {
              onChange({ ...service, apiVersion: event.target.value });
            }}
          />
        </>
      )}
    </div>
  );
}
