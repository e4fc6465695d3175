/**
 * How a person calls us, for sentences that name a command. In a checkout only npm knows the way to this program; a
 * command named `cutline` exists only where the built file was installed.
 */
export const programName = import.meta.url.endsWith('.ts') ? 'npm run cutline --' : 'cutline';
