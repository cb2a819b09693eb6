import type { Call, Command } from '../command.ts';
import { printEvents } from '../event-line.ts';
import { untilStopped } from '../io.ts';
import { openService } from '../serve.ts';

export const serve: Command = {
	words: [ 'serve' ],
	summary: 'Run the service until it is stopped',
	takes: '',
	arguments: { min: 0, max: 0 },
	flags: {},
	usesData: true,
	run: runServe,
};

async function runServe( call: Call ): Promise< number > {
	const { settings, io, output, parts } = call;
	const opened = await openService( call );
	if ( ! opened.ok ) {
		output.failure( opened.error );
		return opened.exit;
	}
	try {
		const running = await opened.start( settings.port );
		if ( ! running.ok ) {
			output.failure( running.error );
			return running.exit;
		}
		// Subscribing after the ready line keeps it the first; what happens before is in the ledger.
		output.line(
			{
				event: 'ready',
				url: running.url,
				pid: io.pid,
				dataDir: settings.dataDir,
				version: parts.version,
				ms: Math.round( io.uptime() ),
			},
			`Pearlbridge ${ parts.version } takes webhooks at ${ running.url } (pid ${ io.pid }, data in ${ settings.dataDir }). Ctrl-C stops it.`
		);
		printEvents( opened.app, output );
		await untilStopped( io.stop );
		return 0;
	} finally {
		await opened.stop();
	}
}
