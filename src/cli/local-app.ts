/**
 * Builds the app in this process; the data dir's lock is held by the caller.
 */
import type { App } from '../app-port.ts';
import type { Call } from './command.ts';
import { databaseFile } from './data-dir.ts';
import type { CliFailure } from './failure.ts';
import { dataDirKey } from './key-file.ts';
import type { LogLevel } from './process-settings.ts';

/** `given` is the key from the environment; null = the one in the data dir. */
export async function openLocalApp(
	{ settings, env, parts }: Pick< Call, 'settings' | 'env' | 'parts' >,
	given: Uint8Array | null,
	log: LogLevel = settings.log
): Promise< { readonly ok: true; readonly app: App } | CliFailure > {
	const key =
		given === null
			? await dataDirKey( settings.dataDir, parts.random )
			: ( { ok: true, key: given } as const );
	if ( ! key.ok ) {
		return key;
	}
	const opened = await parts.openApp( {
		dataDir: settings.dataDir,
		databaseFile: databaseFile( settings.dataDir ),
		key: key.key,
		publicUrl: settings.publicUrl,
		version: parts.version,
		allowedHosts: settings.allowedHosts,
		metricsToken: settings.metricsToken,
		consoleDir: parts.consoleDir,
		env,
		clock: parts.clock,
		random: parts.random,
		logger: parts.createLogger( log ),
	} );
	return opened.ok ? opened : { ok: false, exit: 2, error: opened.error };
}
