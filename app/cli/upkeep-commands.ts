import { Option, type Command } from 'commander';
import type { Run } from './action.ts';
import type { DoctorFlags } from './doctor.ts';
import type { ExportFlags } from './export.ts';
import type { FfmpegFlags } from './ffmpeg.ts';
import { parsePorts } from './flags.ts';
import { connectionsHelp } from './help-text.ts';
import { upkeepText } from './upkeep-text.ts';

/** Looking after a library: `doctor`, `export`, `backup`. */
export function addUpkeep(program: Command, run: Run): void {
  program
    .command('doctor')
    .summary(upkeepText.doctor)
    .description(upkeepText.doctorLong)
    .option('--online', upkeepText.online)
    .option('--port <n>', connectionsHelp.port, parsePorts)
    .option('--tidy', upkeepText.tidy)
    .action((flags: DoctorFlags, command: Command) =>
      run(command, async (context) => (await import('./doctor.ts')).doctor(context, flags)),
    );
  program
    .command('ffmpeg')
    .summary(upkeepText.ffmpeg)
    .description(upkeepText.ffmpegLong)
    .argument('[path]', upkeepText.ffmpegPath)
    .option('--from-path', upkeepText.ffmpegFromPath)
    .action((path: string | undefined, flags: FfmpegFlags, command: Command) =>
      run(command, async (context) => (await import('./ffmpeg.ts')).chooseFfmpeg(context, path, flags)),
    );
  program
    .command('export')
    .summary(upkeepText.export)
    .description(upkeepText.exportLong)
    .option('--query <words>', upkeepText.query)
    .addOption(new Option('--format <format>', upkeepText.format).choices(['csv', 'json', 'jsonl']))
    .option('--out <file>', upkeepText.out)
    .option('--bom', upkeepText.bom)
    .option('--force', upkeepText.force)
    .action((flags: ExportFlags, command: Command) =>
      run(command, async (context) => (await import('./export.ts')).exportPhotos(context, flags)),
    );
  program
    .command('backup')
    .summary(upkeepText.backup)
    .argument('<file>', upkeepText.backupFile)
    .option('--force', upkeepText.force)
    .action((file: string, flags: { force?: true }, command: Command) =>
      run(command, async (context) => (await import('./backup.ts')).backup(context, file, flags)),
    );
}
