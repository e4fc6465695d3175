import { useState } from 'react';
import type { Output } from '../../app/contract/procedures.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { Field } from '../design/components/field.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
import { EnhancementChoice } from './enhancement-choice.tsx';
import { KeyRow } from './key-row.tsx';
import { formatPrice, parsePrice } from './own-price.ts';
import { SignInChoice, VisionNotes, type SignIn } from './service-form.tsx';

/** What may be changed of a connection without making it another one. */
export function EditConnection({
  connection,
  onChanged,
  onClose,
}: {
  readonly connection: Output<'connection.list'>[number];
  /** Its settings or its key are others now. */
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const texts = useTexts();
  const { call, isCalling, error } = useCallOf('connection.set');
  const [name, setName] = useState(connection.name);
  const [modelId, setModelId] = useState(connection.modelId ?? '');
  const [batchDeployment, setBatchDeployment] = useState(connection.batchDeployment ?? '');
  const [concurrency, setConcurrency] = useState(String(connection.concurrency));
  const [price, setPrice] = useState(connection.ownPrice === null ? '' : formatPrice(connection.ownPrice));
  const usualSignIn: SignIn = connection.signIn ?? 'key';
  const [signIn, setSignIn] = useState<SignIn>(usualSignIn);
  const usualEnhancements = connection.enhancements ?? null;
  const [enhancements, setEnhancements] = useState(usualEnhancements);
  const isVision = connection.kind === 'azure-vision';
  const isOfAzure = isVision || connection.kind === 'azure-openai';
  const width = /^\d{1,3}$/.test(concurrency) ? Number(concurrency) : 0;
  const hasWidth = width >= 1 && width <= 256;
  const ownPrice = price.trim() === '' ? null : parsePrice(price, isVision);
  const save = async (): Promise<void> => {
    const saved = await call({
      connectionId: connection.id,
      name: name.trim() === '' ? null : name,
      modelId: modelId.trim() === '' ? null : modelId,
      batchDeployment: batchDeployment.trim() === '' ? null : batchDeployment,
      concurrency: width,
      ownPrice: ownPrice ?? null,
      ...(signIn === usualSignIn ? {} : { signIn }),
      ...(enhancements === usualEnhancements ? {} : { enhancements }),
    });
    if (saved === undefined) return;
    onChanged();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={texts.connections.editTitle(connection.name)}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button
            kind="primary"
            disabled={isCalling || !hasWidth || ownPrice === undefined}
            onClick={() => void save()}
          >
            {texts.connections.save}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorBanner error={error} />}
      <Field
        label={texts.connections.name}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      {isVision ? (
        <VisionNotes />
      ) : (
        <Field
          label={texts.connections.model}
          hint={texts.connections.modelHint}
          value={modelId}
          onChange={(event) => {
            setModelId(event.target.value);
          }}
        />
      )}
      {connection.kind === 'azure-openai' && (
        <Field
          label={texts.connections.batchDeployment}
          hint={texts.connections.batchDeploymentHint}
          value={batchDeployment}
          onChange={(event) => {
            setBatchDeployment(event.target.value);
          }}
        />
      )}
      <Field
        label={texts.connections.concurrency}
        inputMode="numeric"
        value={concurrency}
        error={hasWidth ? undefined : texts.connections.noConcurrency}
        onChange={(event) => {
          setConcurrency(event.target.value);
        }}
      />
      <Field
        label={isVision ? texts.connections.visionPrice : texts.connections.ownPrice}
        hint={isVision ? texts.connections.visionPriceHint : texts.connections.ownPriceHint}
        value={price}
        error={
          ownPrice === undefined
            ? isVision
              ? texts.connections.noVisionPrice
              : texts.connections.noPrice
            : undefined
        }
        onChange={(event) => {
          setPrice(event.target.value);
        }}
      />
      {isOfAzure && <SignInChoice signIn={signIn} isVision={isVision} onChange={setSignIn} />}
      {connection.kind === 'azure-openai' && (
        <EnhancementChoice connection={connection} enhancements={enhancements} onChange={setEnhancements} />
      )}
      {signIn === 'key' && <KeyRow connectionId={connection.id} onChanged={onChanged} />}
    </Dialog>
  );
}
