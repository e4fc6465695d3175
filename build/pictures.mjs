/** @file `npm run pictures`: takes the pictures of README.md anew (`docs/pictures/`), of the app as it is now. */

process.env['CUTLINE_PICTURES'] = 'yes';
process.argv.push('--project=web');
await import('./e2e.mjs');
