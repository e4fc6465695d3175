import { z } from 'zod';
import { connectionId } from './ids.ts';

/**
 * The enhancements of GPT-4 Turbo with Vision, which Microsoft has retired (AZURE §5.1): where a server still offers them, a
 * description of one photo is asked for with the help of an Azure AI Vision resource, at a price of its own.
 */
export const enhancements = z.object({
  features: z.array(z.enum(['grounding', 'ocr'])).min(1),
  visionConnectionId: connectionId,
});
export type Enhancements = z.infer<typeof enhancements>;
