/** How soon the service takes webhooks, and what it weighs when nothing happens. */
import {
	cli,
	dataDir,
	median,
	ms,
	silentConnection,
	sleep,
	start,
} from './kit.mjs';

const RUNS = 7;

export async function service() {
	const dir = dataDir();
	await cli( dir.path, [
		'connection',
		'add',
		'--file',
		silentConnection( dir.path ),
	] );
	const ready = [];
	const reported = [];
	for ( let run = 0; run < RUNS; run++ ) {
		const started = await start( dir.path, [ 'serve', '--port', '0' ] );
		ready.push( started.readyAfter );
		reported.push( started.ready.ms );
		await started.stop();
	}
	const idle = await start( dir.path, [ 'serve', '--port', '0' ] );
	await sleep( 5000 );
	const rss = idle.rss();
	await idle.stop();
	dir.remove();
	return [
		[
			`serve ready, from outside (median of ${ RUNS })`,
			ms( median( ready ) ),
			'< 700 ms',
		],
		[
			'serve ready, by its own clock (median)',
			ms( median( reported ) ),
			'',
		],
		[
			'idle memory of the service after 5 s',
			`${ rss.toFixed( 0 ) } MB RSS`,
			'< 110 MB',
		],
	];
}
