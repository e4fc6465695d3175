import { Checkbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import { descriptionField, type DescriptionField } from '../../app/contract/models/description.ts';
import { useTexts } from '../texts/use-texts.ts';

type FieldBoxesProps = {
  readonly fields: readonly DescriptionField[];
  readonly onChange: (fields: DescriptionField[]) => void;
};

/** Which fields are asked for: one at least. */
export function FieldBoxes({ fields, onChange }: FieldBoxesProps) {
  const texts = useTexts();
  return (
    <fieldset className="describing-fields">
      <legend>{texts.settings.fields}</legend>
      {descriptionField.options.map((field) => (
        <label key={field} className="describing-field">
          <Checkbox.Root
            className="checkbox"
            checked={fields.includes(field)}
            // Something has to be asked for.
            disabled={fields.length === 1 && fields[0] === field}
            onCheckedChange={(isOn) => {
              onChange(withField(fields, field, isOn));
            }}
          >
            <Checkbox.Indicator>
              <Check aria-hidden size="0.9em" strokeWidth={3} />
            </Checkbox.Indicator>
          </Checkbox.Root>
          {texts.runs.fieldNames[field]}
        </label>
      ))}
    </fieldset>
  );
}

/** Keeps the order of the list, so that the same choice is the same setting. */
function withField(
  fields: readonly DescriptionField[],
  field: DescriptionField,
  isOn: boolean,
): DescriptionField[] {
  return descriptionField.options.filter((one) => (one === field ? isOn : fields.includes(one)));
}
