/**
 * @file Who publishes an installer. A deb must name a homepage and somebody to write to; neither is invented. They are said
 * by the environment of whoever makes the installers: `CUTLINE_HOMEPAGE` (https://…) and `CUTLINE_MAINTAINER`
 * (`Name <address>`).
 */

/**
 * What electron-builder is told beside what it is asked for.
 *
 * @param {readonly string[]} asked as `npm run dist -- …` hands it on
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} platform as `process.platform`
 * @returns {{ args: string[]; missing: string[] }} `missing`: what has to be set before there is a deb
 */
export function publisherArguments(asked, env, platform) {
  if (asked.includes('--dir')) return { args: [], missing: [] };
  const homepage = env['CUTLINE_HOMEPAGE'] ?? '';
  const maintainer = env['CUTLINE_MAINTAINER'] ?? '';
  const args = homepage === '' ? [] : [`-c.extraMetadata.homepage=${homepage}`];
  if (platform !== 'linux') return { args, missing: [] };
  if (maintainer !== '') args.push(`-c.linux.maintainer=${maintainer}`);
  const missing = [
    ...(URL.parse(homepage)?.protocol === 'https:' ? [] : ['CUTLINE_HOMEPAGE']),
    ...(/^[^<>]+ <[^<>@\s]+@[^<>\s]+>$/.test(maintainer) ? [] : ['CUTLINE_MAINTAINER']),
  ];
  const isChosen = asked.some((argument) => argument === '--linux' || argument === '-l');
  // The other installer of Linux names nobody.
  return { args: missing.length > 0 && !isChosen ? [...args, '--linux', 'AppImage'] : args, missing };
}
