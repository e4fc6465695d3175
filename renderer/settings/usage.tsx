import { useState, type ReactNode } from 'react';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { Select } from '../design/components/select.tsx';
import { Count, DateTime, Money } from '../design/components/values.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { formatTime } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import './usage.css';

const periods = ['month', 'year', 'all'] as const;
type Period = (typeof periods)[number];

/** The beginning of the period that a moment is in. */
function startOf(period: Period, nowMs: number): number | undefined {
  if (period === 'all') return undefined;
  const now = new Date(nowMs);
  return new Date(now.getFullYear(), period === 'month' ? now.getMonth() : 0, 1).getTime();
}

/** What was used and spent: by model, by day, by folder, and what the service never explained. */
export function Usage() {
  const texts = useTexts();
  const language = useLanguage();
  const [period, setPeriod] = useState<Period>('month');
  const [openedMs] = useState(() => Date.now());
  const sinceMs = startOf(period, openedMs);
  const { data: usage, error } = useQueryOf('usage.get', sinceMs === undefined ? {} : { sinceMs });
  return (
    <>
      <div>
        <Select
          label={texts.usage.period}
          value={period}
          options={periods.map((value) => ({ value, label: texts.usage.periods[value] }))}
          onChange={setPeriod}
        />
      </div>
      {error !== null && <ErrorBanner error={error} />}
      {usage !== undefined && (
        <>
          {usage.unexplained.length > 0 && (
            <Banner title={texts.usage.unexplained(usage.unexplained.length)}>
              {texts.usage.unexplainedText}
            </Banner>
          )}
          <UsageTable
            heading={texts.usage.byModel}
            first={texts.usage.model}
            rows={usage.byModel.map((row) => ({ ...row, name: row.model ?? texts.usage.noModel }))}
            total={usage}
          />
          <UsageTable
            heading={texts.usage.byDay}
            first={texts.usage.day}
            rows={usage.byDay
              .toReversed()
              .map((row) => ({ ...row, name: formatTime(Date.parse(row.day), 'day', language, 'UTC') }))}
          />
          <UsageTable
            heading={texts.usage.byFolder}
            first={texts.usage.folder}
            rows={usage.byFolder.map((row) => ({ ...row, name: row.folder ?? texts.usage.noFolder }))}
          />
          {usage.unexplained.length > 0 && (
            <section>
              <h3 className="usage-heading">{texts.usage.unexplainedList}</h3>
              <ul className="usage-unexplained">
                {usage.unexplained.slice(0, 100).map((request) => (
                  <li key={request.id}>
                    <DateTime ms={request.sentAtMs} />
                    <span>{texts.usage.bookings[request.booking]}</span>
                    <Money microUsd={request.costMicroUsd} />
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </>
  );
}

type Row = {
  readonly name: string;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly transactions: number;
  readonly costMicroUsd: number;
  readonly unpriced: number;
};

type UsageTableProps = {
  readonly heading: string;
  readonly first: string;
  readonly rows: readonly Row[];
  readonly total?: Omit<Row, 'name'>;
};

function UsageTable({ heading, first, rows, total }: UsageTableProps) {
  const texts = useTexts();
  // Only services that count features have them.
  const hasTransactions = rows.some(({ transactions }) => transactions > 0);
  return (
    <section>
      <h3 className="usage-heading">{heading}</h3>
      {rows.length === 0 ? (
        <p className="setting-hint">{texts.usage.nothing}</p>
      ) : (
        <div className="usage-scroll">
          <table className="usage-table">
            <thead>
              <tr>
                <th scope="col">{first}</th>
                <th scope="col">{texts.runs.requests}</th>
                <th scope="col">{texts.runs.inputTokens}</th>
                <th scope="col">{texts.runs.outputTokens}</th>
                {hasTransactions && <th scope="col">{texts.describe.transactions}</th>}
                <th scope="col">{texts.runs.cost}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">{row.name}</th>
                  <Numbers row={row} hasTransactions={hasTransactions} />
                </tr>
              ))}
            </tbody>
            {total !== undefined && (
              <tfoot>
                <tr>
                  <th scope="row">{texts.usage.total}</th>
                  <Numbers row={total} hasTransactions={hasTransactions} />
                </tr>
              </tfoot>
            )}
          </table>
        </div>
      )}
    </section>
  );
}

type NumbersProps = { readonly row: Omit<Row, 'name'>; readonly hasTransactions: boolean };

function Numbers({ row, hasTransactions }: NumbersProps): ReactNode {
  return (
    <>
      <td>
        <Count value={row.requests} />
      </td>
      <td>
        <Count value={row.inputTokens} />
      </td>
      <td>
        <Count value={row.outputTokens} />
      </td>
      {hasTransactions && (
        <td>
          <Count value={row.transactions} />
        </td>
      )}
      <td>
        <Money microUsd={row.costMicroUsd} unpriced={row.unpriced} />
      </td>
    </>
  );
}
