/** The decoder page's own scheme: nothing else is reached by it, and its page reaches nothing else. */
export const decoderScheme = 'decoder';
export const decoderUrl = `${decoderScheme}://cutline/`;
