import { Field } from '../design/components/field.tsx';
import { useTexts } from '../texts/use-texts.ts';

/** Where the videos are to go. Whoever has this address may write there, so it is not shown. */
export function ContainerField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (container: string) => void;
}) {
  const { videoIndex } = useTexts();
  return (
    <Field
      label={videoIndex.container}
      hint={videoIndex.containerHint}
      type="password"
      autoComplete="off"
      value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    />
  );
}
