import { Field } from '../design/components/field.tsx';
import { Select } from '../design/components/select.tsx';
import { useTexts } from '../texts/use-texts.ts';

export type ServiceKind = 'azure-openai' | 'openai-compatible' | 'azure-vision';

/** What a person enters of a service. */
export type Service = {
  readonly endpoint: string;
  readonly deployment: string;
  readonly apiVersion: string;
  readonly modelId: string;
  /** Goes to where keys are kept, never into the settings. Empty: none, or the one of the environment. */
  readonly key: string;
  /** Azure alone knows another way than a key. */
  readonly signIn: SignIn;
};

export type SignIn = 'key' | 'entra';

const empty: Service = { endpoint: '', deployment: '', apiVersion: '', modelId: '', key: '', signIn: 'key' };

export const usualService: Record<ServiceKind, Service> = {
  'azure-openai': empty,
  'openai-compatible': { ...empty, endpoint: 'https://api.openai.com/v1' },
  'azure-vision': empty,
};

/** Enough was entered to try it. */
export function isComplete(kind: ServiceKind, { endpoint, deployment }: Service): boolean {
  return URL.canParse(endpoint) && (kind === 'azure-vision' || deployment.trim() !== '');
}

const placeholders: Readonly<Record<ServiceKind, string>> = {
  'azure-openai': 'https://….openai.azure.com',
  'openai-compatible': 'https://…/v1',
  'azure-vision': 'https://….cognitiveservices.azure.com',
};

/** What is to be known of Image Analysis before it is set up, and after. */
export function VisionNotes() {
  const { visionTakes, visionLanguages, visionRetires, visionVideosRetired } = useTexts().connections;
  return (
    <>
      <p className="setting-hint">{visionTakes}</p>
      <p className="setting-hint">{visionLanguages}</p>
      <p className="setting-hint">{visionRetires}</p>
      <p className="setting-hint">{visionVideosRetired}</p>
    </>
  );
}

/** With a key, or as the machine is signed in: a choice that Azure alone gives. */
export function SignInChoice({
  signIn,
  isVision,
  onChange,
}: {
  readonly signIn: SignIn;
  readonly isVision: boolean;
  readonly onChange: (signIn: SignIn) => void;
}) {
  const { connections } = useTexts();
  return (
    <div className="field">
      <span className="field-label">{connections.signIn}</span>
      <Select
        label={connections.signIn}
        value={signIn}
        options={(['key', 'entra'] as const).map((value) => ({ value, label: connections.signIns[value] }))}
        onChange={onChange}
      />
      {signIn === 'entra' && (
        <p className="setting-hint">
          {connections.entraHint} {isVision ? connections.entraVisionRole : connections.entraRole}
        </p>
      )}
    </div>
  );
}

type ServiceFormProps = {
  readonly kind: ServiceKind;
  readonly service: Service;
  readonly onChange: (service: Service) => void;
};

/** Where a service is and what it is to answer with. */
export function ServiceForm({ kind, service, onChange }: ServiceFormProps) {
  const texts = useTexts();
  const { endpoint, deployment, apiVersion, modelId, key, signIn } = service;
  const isAzure = kind === 'azure-openai';
  const isVision = kind === 'azure-vision';
  const isAddress = endpoint === '' || URL.canParse(endpoint);
  return (
    <div className="servers">
      {isVision && <VisionNotes />}
      <Field
        label={texts.connections.endpoint}
        type="url"
        placeholder={placeholders[kind]}
        value={endpoint}
        error={isAddress ? undefined : texts.connections.noAddress}
        onChange={(event) => {
          onChange({ ...service, endpoint: event.target.value.trim() });
        }}
      />
      {!isVision && (
        <Field
          label={isAzure ? texts.connections.deployment : texts.connections.model}
          hint={isAzure ? texts.connections.deploymentHint : texts.connections.modelNameHint}
          value={deployment}
          onChange={(event) => {
            onChange({ ...service, deployment: event.target.value });
          }}
        />
      )}
      {(isAzure || isVision) && (
        <SignInChoice
          signIn={signIn}
          isVision={isVision}
          onChange={(chosen) => {
            onChange({ ...service, signIn: chosen, key: '' });
          }}
        />
      )}
      {signIn === 'key' && (
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
      )}
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
