import type { VisionFeature } from '../../contract/models/usage.ts';

/** The version that AZURE §5.2 describes; the service is deprecated, and there will be no other. */
const apiVersion = '2024-02-01';

/** Tags and text in these; captions in English alone (AZURE §5.2). */
const languages: ReadonlySet<string> = new Set(['en', 'es', 'ja', 'pt', 'zh']);
const englishOnly: ReadonlySet<VisionFeature> = new Set(['caption', 'denseCaptions']);

/** Of the square that a thumbnail may be cut to. The service takes 0.75 to 1.8. */
const cropAspect = '1';

/**
 * The one language of a request: as wished where the service speaks it and no caption is asked for, else English.
 *
 * @param wished as people chose it, such as `pt-BR`
 */
export function analysisLanguage(features: readonly VisionFeature[], wished = 'en'): string {
  const language = wished.toLowerCase().split('-', 1)[0] ?? 'en';
  const isEnglish = features.some((feature) => englishOnly.has(feature)) || !languages.has(language);
  return isEnglish ? 'en' : language;
}

/** Where a picture is sent to be analysed for these features. */
export function analysisUrl(endpoint: string, features: readonly VisionFeature[], language: string): URL {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}/computervision/imageanalysis:analyze`);
  url.searchParams.set('api-version', apiVersion);
  url.searchParams.set('features', features.join(','));
  url.searchParams.set('model-version', 'latest');
  url.searchParams.set('language', language);
  if (features.includes('smartCrops')) url.searchParams.set('smartcrops-aspect-ratios', cropAspect);
  return url;
}
