/** As many as `web.fetch` takes at once. */
const mostAddresses = 100;

/**
 * The addresses in a text, if it is a list of nothing else, one to a line (comments begin with #). Anything else that somebody
 * pastes is not meant to be fetched. Pure.
 */
export function webAddressesIn(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const areAll = lines.every((line) => /^https?:\/\/\S+$/i.test(line) && URL.canParse(line));
  return areAll ? [...new Set(lines)].slice(0, mostAddresses) : [];
}
