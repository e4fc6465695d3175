import { listOf, objectOf, omitUndefined, textOf } from './wire.ts';
import type { JsonObject } from './wire.ts';

/**
 * The category that the service blocked, such as `sexual/medium` or `jailbreak`; `undefined` when nothing was.
 * Takes severities, detections and block lists, in old and new spelling (AZURE §3).
 */
export function findBlockedCategory(results: unknown): string | undefined {
  for (const [category, value] of Object.entries(objectOf(results) ?? {})) {
    const verdict = objectOf(value);
    if (verdict?.['filtered'] !== true) continue;
    const name = category.replaceAll('_', '-');
    const severity = textOf(verdict['severity']);
    return severity === undefined ? name : `${name}/${severity}`;
  }
  return undefined;
}

/** `content_filter_result` is what the service sends, `content_filter_results` what its documents show (AZURE §3). */
export function filterResultsOf(holder: JsonObject | undefined): JsonObject | undefined {
  return objectOf(holder?.['content_filter_results']) ?? objectOf(holder?.['content_filter_result']);
}

/** Verdicts on what was asked: `prompt_filter_results`, formerly `prompt_annotations`. */
export function promptResultsOf(answer: JsonObject): readonly unknown[] | undefined {
  return listOf(answer['prompt_filter_results']) ?? listOf(answer['prompt_annotations']);
}

/** The verdicts of one answer as the service gave them; `undefined` when it gave none. */
export function contentFilterOf(answer: JsonObject, choice: JsonObject | undefined): unknown {
  const verdicts = omitUndefined({ prompt: promptResultsOf(answer), completion: filterResultsOf(choice) });
  return Object.keys(verdicts).length === 0 ? undefined : verdicts;
}

/**
 * Joins the verdicts that arrive piece by piece in a stream. A later verdict replaces an earlier one of the same
 * category, but never hides that something was blocked.
 */
export function mergeFilterResults(earlier: JsonObject, later: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...earlier };
  for (const [category, value] of Object.entries(later)) {
    if (objectOf(merged[category])?.['filtered'] !== true) merged[category] = value;
  }
  return merged;
}
