import { Count, Money } from '../design/components/values.tsx';
import { formatPercent } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { againstPlan, progressOf, type RunProgress } from './run-figures.ts';

/** Plan against actual: what was said before, what it came to so far, and how the two compare. */
export function PlanTable({ run }: { readonly run: RunProgress }) {
  const texts = useTexts();
  const { plan } = run;
  const { done } = progressOf(run);
  return (
    <table className="run-table">
      <caption className="only-read">{texts.runs.planAgainstActual}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="only-read">{texts.runs.what}</span>
          </th>
          <th scope="col">{texts.runs.planned}</th>
          <th scope="col">{texts.runs.soFar}</th>
          <th scope="col">{texts.runs.compared}</th>
        </tr>
      </thead>
      <tbody>
        <Row name={texts.runs.photos} planned={plan.photos} actual={done} />
        <Row name={texts.runs.requests} planned={plan.requests} actual={run.requests} />
        {plan.transactions === undefined ? (
          <>
            <Row
              name={texts.runs.inputTokens}
              planned={plan.inputTokens}
              actual={run.inputTokens}
              factor={againstPlan(run.inputTokens, plan.inputTokens, run)}
            />
            <Row
              name={texts.runs.outputTokens}
              planned={plan.outputTokens}
              actual={run.outputTokens}
              factor={againstPlan(run.outputTokens, plan.outputTokens, run)}
            />
          </>
        ) : (
          <Row
            name={texts.describe.transactions}
            planned={plan.transactions}
            actual={run.transactions}
            factor={againstPlan(run.transactions, plan.transactions, run)}
          />
        )}
        <tr>
          <th scope="row">{texts.runs.cost}</th>
          <td>
            <Money microUsd={plan.costMicroUsd} />
          </td>
          <td>
            <Money microUsd={run.costMicroUsd} unpriced={run.unpriced} />
          </td>
          <Compared factor={againstPlan(run.costMicroUsd, plan.costMicroUsd, run)} />
        </tr>
      </tbody>
    </table>
  );
}

type RowProps = {
  readonly name: string;
  readonly planned: number;
  readonly actual: number;
  readonly factor?: number | undefined;
};

function Row({ name, planned, actual, factor }: RowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Count value={planned} />
      </td>
      <td>
        <Count value={actual} />
      </td>
      <Compared factor={factor} />
    </tr>
  );
}

/** How much more or less than planned for as many photos: `+4 %`. */
function Compared({ factor }: { readonly factor: number | undefined }) {
  const language = useLanguage();
  const difference = factor === undefined ? undefined : Math.round((factor - 1) * 100) / 100;
  const sign = difference !== undefined && difference > 0 ? '+' : '';
  return <td>{difference === undefined ? '' : `${sign}${formatPercent(difference, language)}`}</td>;
}
