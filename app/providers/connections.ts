import { BuiltInProvider } from './built-in.ts';
import { ChatProvider } from './chat-provider.ts';
import { ImageAnalysisProvider } from './image-analysis/image-analysis-provider.ts';
import type { ProviderOptions, VisionProvider } from './provider.ts';

/**
 * The provider of a connection. Nothing is opened or sent yet; an incomplete connection answers `blocked` with the reason
 * when it is first used.
 */
export function createProvider(options: ProviderOptions): VisionProvider {
  switch (options.connection.kind) {
    case 'built-in':
      return new BuiltInProvider();
    case 'azure-openai':
    case 'openai-compatible':
      return new ChatProvider(options);
    case 'azure-vision':
      return new ImageAnalysisProvider(options);
  }
}
